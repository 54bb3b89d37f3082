"""The example cut down to three applications, and what its people decide, in pages or by the client alike."""

from collections.abc import Mapping

from ledger.log.tasks import TaskRow
from ledger.people.register import NewPerson
from selection.rules.model import RoundRules
from starter.demo.acts import panels
from starter.demo.attending import Handler
from starter.demo.desk import Desk
from starter.demo.example import Example, Story
from starter.demo.run import HANDLERS as IN_THE_EXAMPLE
from tests.kill.support.people import answer_invitation, small_example

ROUND = "seen-round"
SEED = 2024
CODES = ("a09", "a13", "a22")
EXPERTS, SURVEYORS = 9, 3
STORY = Story(
    unsealed=("a09",),
    rulings={"a13": ("same-kind-bid",)},
    conflict_found="a22",
    objection_dismissed_on=1,
    integrity_hit_on=2,
)
"""One is sent back to mend, a warning is ruled on, a conflict found late, one is objected to, and one has a hit."""


async def review(desk: Desk, task: TaskRow) -> bool:
    """Review as in the example, where a report has the name that the demo gives it; a page gives one of its own."""
    if not (await desk.application(task.stream)).reports:
        return await panels.review(desk, task)
    await panels._review(desk, task.stream, desk.codes[task.stream], task.person or "")
    return True


HANDLERS: Mapping[str, Handler] = {
    **IN_THE_EXAMPLE,
    "answer-invitation": answer_invitation,
    "review": review,
}
"""Who acts on which kind of task; nobody stays silent, since no window runs out but intake and notice."""


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
    names |= {"examiner-01", "examiner-02", "objector-02", "objector-03"}
    return tuple(item for item in example.people if item.person in names)
