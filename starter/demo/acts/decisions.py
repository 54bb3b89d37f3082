"""Proposal, notice, objections, approval and issue, as the people of the example do them."""

import asyncio

from ledger.decision.candidates import candidate
from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.decision.facts import Candidate
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Stage
from selection.projections.choosing import choose_proposing
from selection.round import commands as r
from selection.round.approving.standing import order_candidates
from selection.round.state import ProposalItem, RoundState
from selection.streams import application_stream
from starter.demo.acts.answers import answer_form
from starter.demo.acts.portfolio import Portfolio, compose, justify
from starter.demo.desk import Desk
from starter.demo.example import Reason, Story

OBJECTORS = ("objector-01", "objector-02", "objector-03")
PROPOSABLE = ("appraised", "proposed", "cleared", "reserve")


async def propose(desk: Desk, _task: TaskRow) -> bool:
    """Propose at first without the reasons of the deviations, which is refused, then with them."""
    state = await desk.round_state()
    officer = desk.example.rules.staff.officers[0]
    plan = await _plan(desk, state)
    reasons = {number: await desk.text(plan.reasons[number].text(), officer) for number in plan.chosen}
    items = tuple(
        ProposalItem(application=number, rank=rank, reason=reasons[number])
        for rank, number in enumerate(plan.chosen, start=1)
    )
    if plan.deviations and not state.proposal:
        bare = r.ProposeDeviating(items=items)
        await desk.expect(desk.round_stream, bare, officer, Role.OFFICER, "reason-missing")
    deviations: dict[str, Ref] = {
        number: await desk.text(reason.text(), officer) for number, reason in plan.deviations.items()
    }
    proposed = choose_proposing(items, deviations, by_two=False)
    await desk.act(desk.round_stream, proposed, officer, Role.OFFICER)
    return True


async def _plan(desk: Desk, state: RoundState) -> Portfolio:
    """Compose the first proposal; later ones keep what stands and say what the returned item has added."""
    rules = desk.example.rules
    candidates = await _candidates(desk)
    if not state.proposal:
        return compose(candidates, rules, rules.places)
    ranking = order_candidates(candidates, rules)
    kept = [item.application for item in state.standing_items]
    plan = justify(kept, ranking, rules)
    sent = desk.example.story.sent_back
    added = {number: _add(plan.reasons[number], sent.adds) for number in state.returned} if sent else {}
    return plan.model_copy(update={"reasons": {**plan.reasons, **added}})


def _add(reason: Reason, added: Reason) -> Reason:
    return Reason(en=f"{reason.en}; {added.en}", zh=f"{reason.zh}；{added.zh}")


async def _candidates(desk: Desk) -> tuple[Candidate, ...]:
    rows = [
        row
        for stage in PROPOSABLE
        for row in await desk.client.ledger.reading.applications(desk.round, stage)
    ]
    return tuple(map(candidate, rows))


async def open_notice(desk: Desk, _task: TaskRow) -> bool:
    """Open the public notice; at the first one people object by name, as far as the example plans it."""
    state = await desk.round_state()
    if state.batch:
        return False
    officer = desk.example.rules.staff.officers[0]
    opened = r.OpenPublicNotice(proposal=state.proposal)
    await desk.act(desk.round_stream, opened, officer, Role.OFFICER)
    if desk.acts["open-public-notice"] == 1:
        story = desk.example.story
        objected = zip((story.objection_upheld_on, story.objection_dismissed_on), OBJECTORS, strict=False)
        await asyncio.gather(*(_object(desk, state, place, who) for place, who in objected if place))
    return True


async def _object(desk: Desk, state: RoundState, place: int, objector: str) -> None:
    stream = application_stream(desk.round, _find_proposed(state, place))
    await desk.until_stage(stream, Stage.NOTICE)
    await desk.act(stream, await _objection(desk, place, objector), objector, Role.OBJECTOR)


def _find_proposed(state: RoundState, rank: int) -> str:
    return next(item.application for item in state.items if item.rank == rank)


async def _objection(desk: Desk, place: int, objector: str) -> c.RaiseObjection:
    text = await desk.text(
        "实名异议：公示内容与事实不符，附证据（合成）。\n"
        "Real-name objection: the notice is not what the facts are; evidence attached (synthetic).",
        objector,
    )
    proof = await desk.text("证据（合成）。\nEvidence (synthetic).", objector)
    form = await answer_form(desk, "objection", str(place), objector)
    return c.RaiseObjection(objection=f"objection-{place}", text=text, evidence=(proof,), form=form)


async def appoint_examiners(desk: Desk, task: TaskRow) -> bool:
    """Appoint examiners; at first one who reviewed the application, which is refused."""
    objection = task.key.removeprefix("examine/")
    officer = desk.example.rules.staff.officers[0]
    state = await desk.application(task.stream)
    if _is_upheld(desk.example.story, state, objection):
        reviewer = min(seat.expert for seat in state.seats if seat.status == "submitted")
        wrong = c.AppointExaminers(objection=objection, examiners=(reviewer,))
        await desk.expect(task.stream, wrong, officer, Role.OFFICER, "same-hands")
    examiners = desk.example.list_people("examiner-")[:2]
    named = c.AppointExaminers(objection=objection, examiners=examiners)
    await desk.act(task.stream, named, officer, Role.OFFICER)
    return True


def _is_upheld(story: Story, state: ApplicationState, objection: str) -> bool:
    """Tell whether the story has an objection upheld: by who raised it, as pages name objections by themselves."""
    return bool(story.objection_upheld_on) and state.objections[objection].objector == OBJECTORS[0]


async def settle_objection(desk: Desk, task: TaskRow) -> bool:
    """Settle an objection; both of its examiners sign what it comes to."""
    objection = task.key.split("/")[1]
    examiners = desk.example.list_people("examiner-")[:2]
    if task.person != examiners[0]:
        return True
    upheld = _is_upheld(desk.example.story, await desk.application(task.stream), objection)
    text = await desk.text(
        "经核查，异议成立。\nThe objection is founded."
        if upheld
        else "经核查，异议不成立。\nThe objection is unfounded.",
        examiners[0],
    )
    settled = (
        c.UpholdObjection(objection=objection, text=text)
        if upheld
        else c.SettleObjection(objection=objection, outcome="dismissed", text=text)
    )
    await desk.act(task.stream, settled, examiners[0], Role.EXAMINER)
    return True


async def check_integrity(desk: Desk, _task: TaskRow) -> bool:
    """Record the integrity check, at first with the story's hit; who objects now that the notice is over, is late.

    It waits for the two objections, though the list need not: on a slow machine one may outlast the notice, and
    what is then decided on by itself would get another place.
    """
    state, story = await desk.round_state(), desk.example.story
    if state.held:
        return False
    supervisor = desk.example.rules.staff.supervisors[0]
    hits: dict[str, Ref] = {}
    if not desk.acts["record-integrity-check"]:
        if story.objection_dismissed_on:
            await _object_too_late(desk, state, story.objection_dismissed_on)
        if story.integrity_hit_on:
            hit = _find_proposed(state, story.integrity_hit_on)
            hits[hit] = await desk.text(
                "信用系统提示一条记录。\nThe credit register holds an entry.", supervisor
            )
    text = await desk.text("廉洁核查完成。\nIntegrity check done.", supervisor)
    recorded = r.RecordIntegrityCheck(proposal=state.proposal, hits=hits, text=text)
    await desk.act(desk.round_stream, recorded, supervisor, Role.SUPERVISOR)
    return True


async def _object_too_late(desk: Desk, state: RoundState, place: int) -> None:
    late = await _objection(desk, 99, OBJECTORS[2])
    stream = application_stream(desk.round, _find_proposed(state, place))
    await desk.expect(stream, late, OBJECTORS[2], Role.OBJECTOR, "no-notice")


async def rule_on_hit(desk: Desk, _task: TaskRow) -> bool:
    """Clear the hit, as the entry is another unit's; where the story has it upheld, undo that by a stop lifted."""
    state = await desk.round_state()
    supervisor = desk.example.rules.staff.supervisors[1]
    for number, cleared in state.hits.items():
        if cleared is not None:
            continue
        namesake = await desk.text("同名单位，与本单位无关。\nAnother unit of that name.", supervisor)
        acts: tuple[Frozen, ...] = (r.ClearIntegrityHit(application=number, text=namesake),)
        if desk.example.story.upheld_in_error:
            upheld = await desk.text("信用记录属实。\nThe entry is true.", supervisor)
            acts = (
                r.UpholdIntegrityHit(application=number, text=upheld),
                r.LiftIntegrityStop(application=number, text=namesake),
            )
        for act in acts:
            await desk.act(desk.round_stream, act, supervisor, Role.SUPERVISOR)
    return True


async def approve(desk: Desk, task: TaskRow) -> bool:
    """Agree, as many as the level needs; at first the last level sends back what the story says.

    Whoever agrees waits for the ruling on the hit, though the others need not: an item that is cleared later is asked
    of each level again. Who is away has a substitute act.
    """
    state, rules = await desk.round_state(), desk.example.rules
    if {None, False} & {*state.hits.values()}:
        return False
    stand_ins = desk.example.story.substitutes
    level = next(item for item in rules.approval if item.code == task.unit)
    sent = desk.example.story.sent_back
    if sent and not desk.acts["send-back-proposal"] and level is rules.approval[-1]:
        approver = stand_ins.get(level.approvers[0], level.approvers[0])
        item = _find_proposed(state, sent.place)
        reason = await desk.text(sent.asks.text(), approver)
        back = r.SendBackProposal(proposal=state.proposal, level=level.code, items=(item,), reason=reason)
        await desk.act(desk.round_stream, back, approver, Role.APPROVER)
        return True
    for approver in level.approvers[: level.needed]:
        agreed = r.Approve(proposal=state.proposal, level=level.code)
        await desk.act(desk.round_stream, agreed, stand_ins.get(approver, approver), Role.APPROVER)
    return True


async def issue(desk: Desk, _task: TaskRow) -> bool:
    """Issue the list."""
    state = await desk.round_state()
    officer = desk.example.rules.staff.officers[0]
    await desk.act(desk.round_stream, r.IssueList(proposal=state.proposal), officer, Role.OFFICER)
    return True
