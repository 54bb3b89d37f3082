"""The people of a small round: those of the example, but for what depends on a window that ends."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.day_clock import RehearsalClock
from selection.round import commands as r
from selection.rules.model import RoundRules
from starter.demo.acts import choices, panels
from starter.demo.attending import Handler
from starter.demo.desk import Desk
from starter.demo.example import Example, Story, load_example
from starter.demo.run import HANDLERS as EXAMPLE_HANDLERS

CODES = ("a01", "a02", "a09", "a10", "a11", "a17", "a22", "a36")
PACE = Decimal("0.5")
"""Seconds per day: the public notice lasts days, all other windows after the intake outlast any run."""
FAR = 3000
STORY = Story(
    edited=("a10",),
    over_quota=("a11",),
    unsealed=("a17",),
    grounds={"a02": ("excluded-field",)},
    conflict_found="a22",
)
"""Eight applications: one beyond the quota, one ruled out, one sent back to mend, one conflict found late."""


def small_example(
    intake: float, notice_days: int = 3, codes: tuple[str, ...] = CODES, seats: int = 5, places: int = 3
) -> Example:
    """The example with eight applications, panels of five and three places; the intake lasts some seconds."""
    full = load_example()
    rules = leave_time(full.rules, round(intake / float(PACE)), notice_days)
    panel = {"seats": seats, "alternates": 2, "min_valid": 3}
    draws = {**rules.draws.model_dump(), **full.rehearsal.draws}
    sections = {"panel": panel, "places": places, "draws": draws}
    changed = RoundRules.model_validate({**rules.model_dump(), **sections})
    applicants = tuple(item for item in full.applicants if item.code in codes)
    return full.model_copy(update={"applicants": applicants, "story": STORY, "rules": changed})


def leave_time(
    rules: RoundRules,
    intake_days: int,
    notice_days: int,
    invitation_days: int = FAR,
    pace: Decimal = PACE,
) -> RoundRules:
    """Return rules in which nothing ends by the clock but the intake and the notice, and invitations if they are to."""
    call = rules.calendar.call
    ends = {
        "call": 0,
        "submission": intake_days - 1,
        "recommendation": intake_days,
        "check": FAR,
        "review": 2 * FAR,
        "review_last": 3 * FAR,
        "survey": 4 * FAR,
        "appraisal": 5 * FAR,
    }
    clock = RehearsalClock(start=datetime.now(UTC), day_zero=call, seconds_per_day=pace)
    days = {
        "mend": FAR,
        "invitation": invitation_days,
        "review_after_invitation": FAR,
        "notice": notice_days,
    }
    changes = {
        "local": True,
        "clock": clock.model_dump(),
        "calendar": {name: call + timedelta(days=end) for name, end in ends.items()},
        "days": days,
    }
    return RoundRules.model_validate({**rules.model_dump(), **changes})


async def answer_invitation(desk: Desk, task: TaskRow) -> bool:
    """Accept, decline or declare a conflict; nobody stays silent, since no window runs out."""
    code, person = desk.codes[task.stream], task.person or ""
    state = await desk.application(task.stream)
    seat = state.seat_of(person)
    if seat is None or seat.status != "invited":
        return True
    first = panels.was_drawn_first(state, seat)
    match choices.answer(desk.seed, code, seat.number, person, first=first):
        case "decline":
            reason = await desk.text("My calendar does not allow it.", person)
            await desk.act(task.stream, c.DeclineInvitation(reason=reason), person, Role.EXPERT)
        case "conflict":
            text = await desk.text("I work with the team on a project.", person)
            await desk.act(task.stream, c.DeclareConflict(text=text), person, Role.EXPERT)
        case _:
            accepted = c.AcceptInvitation(pledge=await desk.text(panels.PLEDGE, person))
            await desk.act(task.stream, accepted, person, Role.EXPERT)
    return True


async def open_notice(desk: Desk, _task: TaskRow) -> bool:
    """Open the public notice; nobody objects."""
    state = await desk.round_state()
    if state.batch:
        return False
    opened = r.OpenPublicNotice(proposal=state.proposal)
    await desk.act(desk.round_stream, opened, desk.example.rules.staff.officers[0], Role.OFFICER)
    return True


async def check_integrity(desk: Desk, _task: TaskRow) -> bool:
    """Record an integrity check without hits."""
    state = await desk.round_state()
    supervisor = desk.example.rules.staff.supervisors[0]
    text = await desk.text("Integrity check done.", supervisor)
    checked = r.RecordIntegrityCheck(proposal=state.proposal, text=text)
    await desk.act(desk.round_stream, checked, supervisor, Role.SUPERVISOR)
    return True


async def approve(desk: Desk, task: TaskRow) -> bool:
    """Agree, as many as the level needs."""
    state = await desk.round_state()
    level = next(item for item in desk.example.rules.approval if item.code == task.unit)
    for approver in level.approvers[: level.needed]:
        agreed = r.Approve(proposal=state.proposal, level=level.code)
        await desk.act(desk.round_stream, agreed, approver, Role.APPROVER)
    return True


HANDLERS: dict[str, Handler] = {
    **EXAMPLE_HANDLERS,
    "answer-invitation": answer_invitation,
    "open-notice": open_notice,
    "check-integrity": check_integrity,
    "approve": approve,
}
"""Who acts on which kind of task, the most urgent first."""
