"""Draws: bound before the randomness, from inputs that the record gives, and the cheapest within all limits."""

import hashlib
from collections.abc import Callable, Sequence

from audit.claims import NotInBundle, Sentences
from audit.outcome.draws import find_fault
from audit.outcome.pool import LIMITS, Pool
from audit.rules.fold import Record, RoundStep
from audit.rules.panel.draw_contents import Draws
from audit.rules.relations_at import relations_at
from audit.rules.rule_runner import EachEvent, Rule, checks_of, require_register
from selection.decision.aggregate import Event
from selection.decision.facts import PersonFact
from selection.decision.relations import Relations
from selection.draw.inputs import DrawInputs
from selection.draw.pool import ask_relations, draw_inputs
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.round import events as r
from selection.round.state import RoundState

CLASH_NAMES = 50
"""Applications that an entry names of those that clash, at most."""


def draw_rules(draws: Draws) -> tuple[Rule, ...]:
    """Return the rules about draws, which share what they read of the bundle's contents."""
    committed: dict[type[Event], Callable[[RoundStep], None]] = {
        r.DrawCommitted: _check_committed,
        r.DrawVoided: _check_voided,
        r.DrawOpened: _check_opened,
        r.PanelsDrawn: _check_reported,
    }
    from_register: dict[type[Event], Callable[[RoundStep], None]] = {
        r.DrawCommitted: lambda step: _inputs_follow(step, draws),
        r.DrawOpened: _check_registers_nobody,
    }
    return (
        EachEvent("draws-committed", checks_of(RoundState, committed)),
        EachEvent("draw-inputs-follow", checks_of(RoundState, from_register)),
        EachEvent(
            "draws-recompute", checks_of(RoundState, {r.PanelsDrawn: lambda step: _recompute(step, draws)})
        ),
    )


def _check_committed(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.DrawCommitted)
    step.require(event.draw not in step.before.draws, "drawn-twice", draw=event.draw)
    for name, draw in step.before.draws.items():
        settled = draw.secret != "" or draw.voided
        step.require(settled, "draw-beside", draw=event.draw, other=name)
    step.require(not step.before.batch, "decision-under-way")


def _check_voided(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.DrawVoided)
    found = step.before.draws.get(event.draw)
    if found is None:
        raise step.differs("not-committed", draw=event.draw)
    step.require(not found.secret and not found.voided, "drawn-twice", draw=event.draw)
    step.require(not step.before.batch, "decision-under-way")


def _check_opened(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.DrawOpened)
    found = step.before.draws.get(event.draw)
    if found is None:
        raise step.differs("not-committed", draw=event.draw)
    step.require(not found.opened and not found.voided, "drawn-twice", draw=event.draw)
    secret = bytes.fromhex(event.secret)
    bound = hashlib.sha256(secret).hexdigest() == found.commitment
    step.require(bound and len(secret) >= 16, "secret-differs", draw=event.draw)
    step.require(bool(event.randomness), "no-randomness", draw=event.draw)
    step.require(not step.before.batch, "decision-under-way")


def _check_reported(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.PanelsDrawn)
    found = step.before.draws.get(event.draw)
    if found is None or not found.opened:
        raise step.differs("not-committed", draw=event.draw)
    step.require(found.result is None and not found.clashing, "drawn-twice", draw=event.draw)
    step.require((event.result is None) is bool(event.clashing), "no-result", draw=event.draw)


def _check_registers_nobody(step: RoundStep) -> None:
    """See that nobody drew who registers people: what is registered of an expert meanwhile undoes panels."""
    register = require_register(step.record.register, step.leaf, step.point)
    for person in step.leaf.actor.people:
        fact = register.person(person, step.leaf.register_size)
        registers = fact is not None and fact.holds(Role.ADMIN)
        step.require(not registers, "drawn-by-registrar", person=person)


def _inputs_follow(step: RoundStep, draws: Draws) -> None:
    event = step.event
    assert isinstance(event, r.DrawCommitted)
    given = draws.inputs(event.draw, event.inputs, step.point)
    counted = (len(given.applications), len(given.experts))
    step.require(counted == (event.applications, event.experts), "draw-counts-differ", draw=event.draw)
    known = step.record.register.known
    register = step.record.register
    if known:
        people: Sequence[PersonFact] = tuple(
            require_register(register, step.leaf, step.point).everyone(step.leaf.register_size)
        )
    else:
        people = _list_registered(given)
    _follow(step, event.draw, given, step.record, people)
    if not known:
        raise NotInBundle("register-missing", step.point)
    _check_registers_nobody(step)


def _follow(
    step: RoundStep, draw: str, given: DrawInputs, record: Record, people: Sequence[PersonFact]
) -> None:
    everything = record.applications.values()
    eligible = [item for item in everything if item.stage is Stage.ELIGIBLE]
    reviewed = [item for item in everything if item.stage is Stage.REVIEW or item.fresh_panel]
    stood_in = {item.substitute for item in record.posts.list_delegations()}
    free = [item for item in people if item.person not in stood_in]
    related, given_inputs = Relations(), given.in_order()
    if record.register.known:
        asked = ask_relations((item.person for item in people), (*eligible, *reviewed))
        related = relations_at(record.register, record, asked, step.leaf.register_size)
    found = draw_inputs(record.round.current, eligible, reviewed, free, related, step.leaf.at)
    if not record.register.known:
        found = _with_conflicts_of(given_inputs, found)
    for name in ("applications", "experts", "alternates", "max_per_institution", "max_load"):
        stated, expected = getattr(given_inputs, name), getattr(found, name)
        if stated != expected:
            what = _first_difference(name, stated, expected)
            raise step.differs("draw-input-differs", draw=draw, what=what)


def _with_conflicts_of(recorded: DrawInputs, found: DrawInputs) -> DrawInputs:
    """Add those conflicts that are stated: without the register nobody can tell whom data binds as well."""
    stated = {item.stream: item.conflicts for item in recorded.applications}
    applications = (
        item.with_(conflicts=(*item.conflicts, *stated.get(item.stream, ()))) for item in found.applications
    )
    return found.with_(applications=tuple(applications)).in_order()


def _first_difference(name: str, stated: object, expected: object) -> str:
    """Return what differs first: an application's number or a person's id, or the limit's name."""
    if not isinstance(stated, tuple) or not isinstance(expected, tuple):
        return name
    key = "stream" if name == "applications" else "person"
    known, wanted = ({getattr(item, key): item for item in items} for items in (stated, expected))
    differing = sorted(item for item in known.keys() | wanted.keys() if known.get(item) != wanted.get(item))
    return str(differing[0]).rsplit("/", 1)[-1] if differing else name


def _list_registered(given: DrawInputs) -> Sequence[PersonFact]:
    return [
        PersonFact(person=item.person, roles={"expert": ()}, employer=item.employer) for item in given.experts
    ]


def _recompute(step: RoundStep, draws: Draws) -> None:
    event = step.event
    assert isinstance(event, r.PanelsDrawn)
    draw = step.before.draws[event.draw]
    key = draws.key(draw)
    inputs = draws.inputs(event.draw, draw.inputs, step.point)
    if event.result is None:
        _check_impossible(step, inputs.in_order(), event)
        return
    drawn = draws.result(event.draw, event.result, step.point)
    fault = find_fault(inputs.model_dump(mode="json"), key, drawn.model_dump(mode="json"))
    step.require(not fault, "draw-faulty", draw=event.draw, what=fault)
    params = {"stated": str(event.total_cost), "found": str(drawn.total_cost), "draw": event.draw}
    step.require(event.total_cost == drawn.total_cost, "cost-differs", **params)


def _check_impossible(step: RoundStep, inputs: DrawInputs, event: r.PanelsDrawn) -> None:
    """Raise Difference unless no panels exist, and none for the named applications within the named limits."""
    pool, streams = Pool(inputs.model_dump(mode="json")), [item.stream for item in inputs.applications]
    step.require(not pool.can_fill(streams), "panels-exist", draw=event.draw)
    limits = LIMITS.intersection(event.clashing)
    clashing = [stream for stream in streams if stream in event.clashing]
    surplus = set(event.clashing) - limits - set(clashing)
    # Of more applications the record names the first, and these may have panels without the others.
    among = clashing if len(clashing) < CLASH_NAMES else streams
    step.require(not surplus and not pool.can_fill(among, limits), "clash-differs", draw=event.draw)


CLAIMS: Sentences = {
    "draws-committed": (
        "Every draw's secret and inputs were fixed before the random numbers were known, and one at a time waited for "
        "them.",
        "每次抽取的秘密和输入均在随机数公布前固定，且同一时间只有一次抽取待公开。",
    ),
    "draw-inputs-follow": (
        "Every draw's inputs are what the record and the register gave at that moment, and nobody who registers people"
        " drew.",
        "每次抽取的输入均与当时的记录和登记相符，且均非由登记人员的管理员抽取。",
    ),
    "draws-recompute": (
        "Run again, every draw keeps all limits, and no cheaper choice of panels exists.",
        "重新运行后，每次抽取均符合全部限制，且不存在成本更低的组合。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "drawn-by-registrar": (
        "{person} is an administrator, who registers people, and committed or opened a draw.",
        "{person} 以管理员身份登记人员，又固定或公开了抽取。",
    ),
    "clash-differs": (
        "The limits and applications that are named as clashing in draw {draw} do not clash.",
        "抽取 {draw} 所载相互冲突的限制与申报，实际并不冲突。",
    ),
    "cost-differs": (
        "The entry states a cost of {stated} for draw {draw}; it is {found}.",
        "条目载明抽取 {draw} 的成本为 {stated}，实为 {found}。",
    ),
    "draw-beside": (
        "Draw {draw} was committed while draw {other} waited to be opened.",
        "抽取 {draw} 固定时，抽取 {other} 尚待公开。",
    ),
    "draw-counts-differ": (
        "Draw {draw} states other numbers of applications or experts than its inputs.",
        "抽取 {draw} 载明的申报数或专家数与其输入不符。",
    ),
    "draw-faulty": ("Draw {draw} is not valid: {what}.", "抽取 {draw} 不成立：{what}。"),
    "draw-input-differs": (
        "The inputs of draw {draw} are not what the record gave: {what}.",
        "抽取 {draw} 的输入与记录不符：{what}。",
    ),
    "drawn-twice": (
        "Draw {draw} was committed, opened, voided or drawn before.",
        "抽取 {draw} 此前已固定、公布、作废或完成。",
    ),
    "no-randomness": ("Draw {draw} has no public randomness.", "抽取 {draw} 没有公开随机数。"),
    "no-result": (
        "Draw {draw} has neither panels nor clashing limits, or both.",
        "抽取 {draw} 的结果与冲突限制应有且仅有其一。",
    ),
    "not-committed": ("Draw {draw} was not committed and opened before.", "抽取 {draw} 此前未固定或未公布。"),
    "panels-exist": (
        "Draw {draw} was called impossible, yet panels exist.",
        "抽取 {draw} 被记为不可行，但实际存在可行组合。",
    ),
    "secret-differs": (
        "The secret of draw {draw} is not the one that was fixed before.",
        "抽取 {draw} 的秘密与所固定的不符。",
    ),
}
"""What can be found instead."""
