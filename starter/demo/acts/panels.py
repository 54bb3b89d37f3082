"""Draw, invitations, reviews and conflicts, as officers, experts and supervisors of the example do them."""

import asyncio
from datetime import UTC, datetime, timedelta

from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.application.state import ApplicationState, Seat
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.projections.draw_numbers import OfferedIssue, offer_issues
from selection.refusals.refused import Refused
from selection.round.commands import EnterDrawNumbers, OpenDraw
from starter.demo import DemoFailed
from starter.demo.acts import choices
from starter.demo.acts.answers import answer_form
from starter.demo.desk import LOOK_EVERY, Desk
from starter.rounds.drawing import commit_to

FIRST_DRAW = "draw-1"
REPORT = "report-1"
AHEAD = tuple(timedelta(seconds=seconds) for seconds in (0, 5, 20, 60))
"""How much later the numbers of a draw are that is committed again, as they were too near before."""
PLEDGE = (
    "本人承诺独立评审、保守秘密，与申报单位无利益关系。\n"
    "I pledge to review by myself and in confidence, and declare no conflict."
)


async def draw(desk: Desk, _task: TaskRow) -> bool:
    """Commit to a secret and to public numbers; once they are public, enter them, and have another officer open it."""
    await _draw(desk, FIRST_DRAW)
    return True


async def supplement(desk: Desk, task: TaskRow) -> bool:
    """Draw once for all empty seats, when nobody else is awaited: then the draw's inputs are settled."""
    state = await desk.round_state()
    busy = {"answer-invitation", "review", "rule-on-conflict", "draw"}
    # What is committed before the stage of drawing has ended is a draw of that stage, which waits as its own.
    drawing = state.batch or state.stage is RoundStage.DRAWING
    if drawing or any(other.kind in busy for other in await desk.tasks()):
        return False
    waiting = await desk.application(task.stream)
    if any(seat.open for seat in waiting.seats):
        return True
    await _draw(desk, f"draw-{len(state.draws) + 1}")
    return True


async def _draw(desk: Desk, name: str) -> None:
    officer, other = desk.example.rules.staff.officers[:2]
    secret, numbers = await desk.choose_secret(name), choices.randomness(desk.seed, name)
    issue = await _commit(desk, name, officer, secret)
    if name == FIRST_DRAW:
        deposit = await desk.deposit("5e" * 32, officer)
        beside = commit_to(f"{name}-beside", "5e" * 32, deposit, issue.source.code, issue.issue)
        await desk.expect(desk.round_stream, beside, officer, Role.OFFICER, "draw-waiting")
    while datetime.now(UTC) < issue.public:  # noqa: ASYNC110  time alone passes
        await asyncio.sleep(LOOK_EVERY)
    await desk.act(desk.round_stream, EnterDrawNumbers(draw=name, published=numbers), officer, Role.OFFICER)
    opened = OpenDraw(draw=name, published=numbers)
    await desk.act(desk.round_stream, opened, other, Role.OFFICER)


async def _commit(desk: Desk, name: str, officer: str, secret: bytes) -> OfferedIssue:
    """Commit to the next numbers; on a machine so slow that they are too near when the act comes in, to later ones."""
    deposit = await desk.deposit(secret.hex(), officer)
    for ahead in AHEAD:
        issue = offer_issues(await desk.round_state(), datetime.now(UTC) + desk.on_the_way + ahead)[0]
        commit = commit_to(name, secret.hex(), deposit, issue.source.code, issue.issue)
        try:
            await desk.act(desk.round_stream, commit, officer, Role.OFFICER)
        except DemoFailed as failed:
            slow = isinstance(failed.__cause__, Refused) and failed.__cause__.code == "randomness-too-early"
            if not slow or ahead == AHEAD[-1]:
                raise
        else:
            break
    return issue


async def answer_invitation(desk: Desk, task: TaskRow) -> bool:
    """Accept, decline, declare a conflict, or stay silent until the seat is somebody else's."""
    code, person = desk.codes[task.stream], task.person or ""
    state = await desk.application(task.stream)
    seat = state.seat_of(person)
    if seat is None or seat.status != "invited":
        return True
    is_first = was_drawn_first(state, seat)
    if not is_first:
        await _come_too_late(desk, state)
    match choices.answer(desk.seed, code, seat.number, person, first=is_first):
        case "accept":
            accepted = c.AcceptInvitation(pledge=await desk.text(PLEDGE, person))
            await desk.act(task.stream, accepted, person, Role.EXPERT)
        case "decline":
            reason = await desk.text("日程冲突，无法参加。\nMy calendar does not allow it.", person)
            await desk.act(task.stream, c.DeclineInvitation(reason=reason), person, Role.EXPERT)
        case "conflict":
            text = await desk.text("与申报团队有合作项目。\nI work with the team on a project.", person)
            await desk.act(task.stream, c.DeclareConflict(text=text), person, Role.EXPERT)
        case "silence":
            pass
    return True


def was_drawn_first(state: ApplicationState, seat: Seat) -> bool:
    """Tell whether the seat's expert came with the first draw and not as a replacement."""
    return seat.invited_at == state.since


async def _come_too_late(desk: Desk, state: ApplicationState) -> None:
    """Let those who stayed silent answer now that the record shows their seats given to others."""
    for person in state.former:
        entry = f"{state.stream}/{person}"
        if entry in desk.noted:
            continue
        desk.noted.add(entry)
        if await _is_lost_by_silence(desk, state, person):
            accepted = c.AcceptInvitation(pledge=await desk.text(PLEDGE, person))
            await desk.expect(state.stream, accepted, person, Role.EXPERT, "seat-closed")


async def _is_lost_by_silence(desk: Desk, state: ApplicationState, person: str) -> bool:
    entries = await desk.client.ledger.reading.stream_entries(state.stream)
    return any(
        entry.leaf.type == "panel.seat-vacated.v1"
        and entry.leaf.data["expert"] == person
        and entry.leaf.data["why"] == "no-response"
        for entry in entries
    )


async def review(desk: Desk, task: TaskRow) -> bool:
    """Hand in scores and text; where the story finds a conflict, it is found after that person's review."""
    code, person = desk.codes[task.stream], task.person or ""
    if code == desk.example.story.corrected:
        return await _review_or_wait(desk, task.stream, code, person)
    finds_conflict = code == desk.example.story.conflict_found
    if finds_conflict and not await _is_reported(desk, task.stream):
        if person != await _choose_conflicted(desk, task.stream, code):
            return False
        await _review(desk, task.stream, code, person)
        await _report(desk, task.stream, code, person)
        return True
    await _review(desk, task.stream, code, person)
    return True


async def _review_or_wait(desk: Desk, stream: str, code: str, person: str) -> bool:
    """Let one review and correct it first: once the last review is in, the score is fixed and nothing corrected."""
    state = await desk.application(stream)
    corrects = choices.choose_correcting(desk.seed, code, await _read_first_seats(desk, stream))
    if person == corrects:
        await _review_with_slip(desk, stream, code, person)
        return True
    seat = state.seat_of(corrects)
    slipped = any(
        item.expert == corrects and not item.void and not item.corrections for item in state.reviews
    )
    if seat is not None and (seat.open or slipped):
        return False
    await _review(desk, stream, code, person)
    return True


async def _review_with_slip(desk: Desk, stream: str, code: str, person: str) -> None:
    """Hand in a review with a slip of the pen, and correct it."""
    rules = desk.example.rules
    scales = {item.code: item.top for item in rules.criteria}
    meant = choices.scores(desk.seed, code, person, scales, rules.score_step)
    answered = await answer_form(desk, "review", code, person)
    assert answered is not None
    slipped = choices.slip(meant, scales, rules.score_step)
    await desk.act(stream, c.SubmitReview(scores=slipped, form=answered), person, Role.EXPERT)
    reason = await desk.text("第一项分值笔误。\nA slip of the pen in the first score.", person)
    corrected = c.CorrectReview(scores=meant, form=answered, number=1, reason=reason)
    await desk.act(stream, corrected, person, Role.EXPERT)


async def _review(desk: Desk, stream: str, code: str, person: str) -> None:
    scales = {item.code: item.top for item in desk.example.rules.criteria}
    scores = choices.scores(desk.seed, code, person, scales, desk.example.rules.score_step)
    answered = await answer_form(desk, "review", code, person)
    assert answered is not None
    await desk.act(stream, c.SubmitReview(scores=scores, form=answered), person, Role.EXPERT)


async def _is_reported(desk: Desk, stream: str) -> bool:
    # By whatever name: pages name a report by themselves.
    return bool((await desk.application(stream)).reports)


async def _choose_conflicted(desk: Desk, stream: str, code: str) -> str:
    return choices.choose_conflicted(desk.seed, code, await _read_first_seats(desk, stream))


async def _read_first_seats(desk: Desk, stream: str) -> dict[int, str]:
    entries = await desk.client.ledger.reading.stream_entries(stream)
    seated = next(entry.leaf for entry in entries if entry.leaf.type == "panel.seated.v1")
    return {int(seat): expert for seat, expert in seated.data["seats"].items()}


async def _report(desk: Desk, stream: str, code: str, expert: str) -> None:
    officer = choices.officer(desk.example.rules.staff.officers, code)
    text = await desk.text(
        "来电反映该专家与申报方负责人近三年有合作论文。\n"
        "A caller says that this expert wrote papers with the applicant's leader in the last three years.",
        officer,
    )
    reported = c.ReportConflict(report=REPORT, expert=expert, text=text)
    await desk.act(stream, reported, officer, Role.OFFICER)


async def rule_on_conflict(desk: Desk, task: TaskRow) -> bool:
    """Uphold the report: the papers exist."""
    code, report = desk.codes[task.stream], task.key.removeprefix("report/")
    supervisor = choices.supervisor(desk.example.rules.staff.supervisors, code)
    text = await desk.text("经核实，情况属实，评分作废。\nIt is so; the score is void.", supervisor)
    ruled = c.RuleOnConflict(report=report, upheld=True, text=text)
    await desk.act(task.stream, ruled, supervisor, Role.SUPERVISOR)
    return True
