"""Panels as drawn: seats and alternates of the draw's result, lots from its key, replacements in its order."""

from collections.abc import Callable

from audit.claims import Sentences
from audit.outcome.draws import derive_lot
from audit.rules.fold import ApplicationStep
from audit.rules.panel.draw_contents import Draws
from audit.rules.relations_at import relations_at
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.duties import clashes
from selection.application.recusal import find_judged_bid
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.decision.relations import RelationsAsked
from selection.kernel.stages import Stage
from selection.recusal.conflicts import find_recused
from selection.round.state import Draw


def panel_rules(draws: Draws) -> tuple[Rule, ...]:
    """Return the rule about panels."""
    checks: dict[type[Event], Callable[[ApplicationStep], None]] = {
        a.PanelSeated: lambda step: _check_seated(step, draws),
        a.SeatFilled: _check_filled,
    }
    return (EachEvent("panels-as-drawn", checks_of(ApplicationState, checks)),)


def _check_seated(step: ApplicationStep, draws: Draws) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.PanelSeated)
    draw = step.record.round.draws.get(event.draw)
    params = {"draw": event.draw, "application": before.number}
    if draw is None or draw.result is None:
        raise step.differs("not-drawn", **params)
    step.require(event.draw not in before.draws, "seated-twice")
    step.require(event.lot == derive_lot(draws.key(draw), before.stream), "lot-differs", **params)
    _check_seats_wanted(step, event)
    _check_as_drawn(step, event, draw, draws)


def _check_seats_wanted(step: ApplicationStep, event: a.PanelSeated) -> None:
    before = step.before
    wanted = [seat.number for seat in before.seats if seat.status == "empty"]
    if before.stage is Stage.ELIGIBLE or (before.ended and not before.seats):
        # Fewer where two people agreed on it, which is a claim of its own: settling.py.
        seats = step.terms.panel.seats
        wanted = list(range(1, (min(before.fewer, seats) if before.fewer else seats) + 1))
    numbers = sorted((*map(int, event.seats), *event.vacant))
    step.require(numbers == wanted, "other-seats", application=before.number)


def _check_as_drawn(step: ApplicationStep, event: a.PanelSeated, draw: Draw, draws: Draws) -> None:
    params = {"draw": event.draw, "application": step.before.number}
    assert draw.result is not None
    wanting = draws.get_applications(event.draw, draw.inputs, step.point).get(step.before.stream)
    panel = draws.result(event.draw, draw.result, step.point).panels.get(step.before.stream)
    if panel is None or wanting is None:
        raise step.differs("not-drawn", **params)
    step.require(event.revision == step.before.revision, "other-version-seated", **params)
    drawn = (*panel.seats, *panel.alternates)
    pool = draws.pool(event.draw, draw.inputs, step.point)
    employers = {person: pool[person] for person in drawn if person in pool}
    step.require(event.employers == employers, "employers-differ", **params)
    unfit = _list_unfit(step, drawn, employers)
    fit = [person for person in drawn if person not in unfit]
    seats = [event.seats[number] for number in sorted(event.seats, key=int)]
    step.require([*seats, *event.alternates] == fit, "panel-differs", **params)
    # Nobody waits behind a seat that stays vacant.
    step.require(not (event.vacant and event.alternates), "panel-differs", **params)
    step.require(
        list(event.passed_over) == [person for person in drawn if person in unfit], "panel-differs", **params
    )


def _list_unfit(step: ApplicationStep, drawn: tuple[str, ...], employers: dict[str, str]) -> set[str]:
    """Return who of a draw may not sit by what is known at the seating."""
    before = step.before
    assert before.submission is not None
    out = {*before.submission.avoid, *before.former, *before.people_in_conflict, *_list_bound(step, drawn)}
    out |= {seat.expert for seat in before.seats if seat.status != "empty"}
    out |= {
        person
        for person in drawn
        if employers.get(person) and employers[person] in before.submission.employers
    }
    if not step.record.register.known:
        # Whom data binds nobody can tell then.
        assert isinstance(step.event, a.PanelSeated)
        out.update(step.event.passed_over)
    return {person for person in drawn if person in out or clashes(before, step.terms, "reviewer", person)}


def _check_filled(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.SeatFilled)
    before = step.before
    empty = [seat.number for seat in before.seats if seat.status == "empty"]
    step.require(event.seat in empty[:1], "other-seats", application=before.number)
    bound = _list_bound(step, before.alternates)
    fit = [
        person
        for person in before.alternates
        if not clashes(before, step.terms, "reviewer", person)
        and person not in before.people_in_conflict
        and person not in bound
    ]
    params = {"stated": event.expert, "found": fit[0] if fit else "-", "application": before.number}
    step.require(event.expert in fit[:1], "replacement-differs", **params)


def _list_bound(step: ApplicationStep, people: tuple[str, ...]) -> frozenset[str]:
    """Return those who had to be passed over, by data; nobody where the register is not held."""
    record, before = step.record, step.before
    bid = find_judged_bid(before)
    if bid is None or not record.register.known:
        return frozenset()
    asked = RelationsAsked(people=people, units=bid.units)
    related = relations_at(record.register, record, asked, step.leaf.register_size)
    terms = step.terms
    return find_recused(people, bid, related, terms.recusal, terms.clock, step.leaf.at)


CLAIMS: Sentences = {
    "panels-as-drawn": (
        "Every panel, lot and replacement is the one that was drawn.",
        "每个专家组、签号和备选专家均为抽取结果。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "employers-differ": (
        "The employers of the panel of application {application} are not those of draw {draw}.",
        "申报 {application} 专家组的单位与抽取 {draw} 不符。",
    ),
    "lot-differs": (
        "The lot of application {application} does not follow from draw {draw}.",
        "申报 {application} 的签号与抽取 {draw} 不符。",
    ),
    "not-drawn": (
        "Draw {draw} gave application {application} no panel.",
        "抽取 {draw} 未给申报 {application} 抽取专家组。",
    ),
    "other-seats": (
        "The seats of application {application} that were filled are not those that were vacant.",
        "申报 {application} 所填席位并非空缺席位。",
    ),
    "other-version-seated": (
        "The panel of draw {draw} was seated for another version of application {application}.",
        "按抽取 {draw} 组建的专家组所载并非申报 {application} 的当前版本。",
    ),
    "panel-differs": (
        "The panel of application {application} is not that of draw {draw} without those who may not sit.",
        "申报 {application} 的专家组并非抽取 {draw} 依次去除不得参评者后的结果。",
    ),
    "replacement-differs": (
        "{stated} took a seat of application {application}; the next alternate is {found}.",
        "申报 {application} 由 {stated} 递补，而次序在先的是 {found}。",
    ),
}
"""What can be found instead."""
