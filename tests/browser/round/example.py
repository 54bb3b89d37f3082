"""The example, whole or cut down to three applications, and what its people decide, in pages or by the client alike."""

from collections.abc import Mapping
from decimal import Decimal

from ledger.log.tasks import TaskRow
from ledger.people.register import NewPerson
from selection.application.commands import WithdrawObjection
from selection.kernel.actor import Role
from selection.rules.model import RoundRules
from selection.streams import application_stream
from starter.demo.acts import decisions
from starter.demo.attending import Handler
from starter.demo.desk import Desk
from starter.demo.example import Example, Story, load_example
from starter.demo.run import HANDLERS as IN_THE_EXAMPLE
from tests.kill.support.people import answer_invitation, leave_time, small_example

ROUND = "seen-round"
SEED = 2024
CODES = ("a09", "a13", "a22")
EXPERTS, SURVEYORS = 9, 3
SLOWLY = Decimal(4)
"""Seconds per day of the whole example, so that what nobody waits for is hours away."""
STORY = Story(
    unsealed=("a09",),
    rulings={"a13": ("same-kind-bid",)},
    conflict_found="a22",
    objection_dismissed_on=1,
    integrity_hit_on=2,
)
"""One is sent back to mend, a warning is ruled on, a conflict found late, one is objected to, and one has a hit."""
WITHDRAWING, WITHDRAWN_ON = "objector-01", 2
"""Who objects to the centre on which place, and withdraws it: a role of which else one acts alone."""


async def open_notice(desk: Desk, task: TaskRow) -> bool:
    """Open the notice as in the example; one more objects, and withdraws it."""
    state = await desk.round_state()
    opened = await decisions.open_notice(desk, task)
    if opened and desk.acts["withdraw-objection"] == 0:
        await decisions._object(desk, state, WITHDRAWN_ON, WITHDRAWING)
        stream = application_stream(desk.round, decisions._find_proposed(state, WITHDRAWN_ON))
        (objection,) = (await desk.application(stream)).open_objections
        reason = await desk.text("已核实，撤回异议。\nI looked into it again, and withdraw it.", WITHDRAWING)
        withdrawn = WithdrawObjection(objection=objection, reason=reason)
        await desk.act(stream, withdrawn, WITHDRAWING, Role.OBJECTOR)
    return opened


async def appoint_examiners(desk: Desk, task: TaskRow) -> bool:
    """Appoint examiners as in the example; of what is about to be withdrawn, none."""
    objections = (await desk.application(task.stream)).objections
    if objections[task.key.removeprefix("examine/")].objector == WITHDRAWING:
        return True
    return await decisions.appoint_examiners(desk, task)


HANDLERS: Mapping[str, Handler] = {
    **IN_THE_EXAMPLE,
    "answer-invitation": answer_invitation,
    "open-notice": open_notice,
    "appoint-examiners": appoint_examiners,
}
"""Who acts on which kind of task; nobody stays silent, since no window runs out but intake and notice."""


def whole(intake: float, notice: float, *, local: bool) -> Example:
    """Return the second batch whole, with its story; its intake, invitations and notice last some seconds."""
    full, per_day = load_example(), float(SLOWLY)
    window, days = round(intake / per_day), round(notice / per_day)
    rules = leave_time(full.rules, window, days, window, SLOWLY)
    draws = {**rules.draws.model_dump(), **full.rehearsal.draws}
    changed = RoundRules.model_validate({**rules.model_dump(), "draws": draws, "local": local})
    assert full.story.amended is not None
    amended = full.story.amended.model_copy(update={"after": str(days + 1)})
    story = full.story.model_copy(update={"amended": amended})
    return full.model_copy(update={"name": ROUND, "rules": changed, "story": story})


def cut_down(intake: float, notice: float, *, local: bool) -> Example:
    """Return three applications for two places, panels of three, and whoever acts; the intake lasts some seconds."""
    example = small_example(intake, notice_days=round(notice / 0.5), codes=CODES, seats=3, places=2)
    rules = RoundRules.model_validate({**example.rules.model_dump(), "local": local})
    wanted = example.model_copy(update={"rules": rules, "story": STORY, "name": ROUND})
    return wanted.model_copy(update={"people": _whoever_acts(wanted)})


def _whoever_acts(example: Example) -> tuple[NewPerson, ...]:
    staff, levels = example.rules.staff, example.rules.approval
    names = {name for posts in staff.model_dump().values() for name in posts}
    names |= {name for level in levels for name in level.approvers}
    for item in example.applicants:
        names |= {item.agent, f"unit-{item.unit}"}
        names |= {person for _, person in example.list_co_building(item)}
    names |= {f"expert-{number:02}" for number in range(1, EXPERTS + 1)}
    names |= {f"surveyor-{number:02}" for number in range(1, SURVEYORS + 1)}
    names |= {"examiner-01", "examiner-02", WITHDRAWING, "objector-02", "objector-03"}
    return tuple(item for item in example.people if item.person in names)
