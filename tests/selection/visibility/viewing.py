"""Stories that hold what could leak, and how to look at them as somebody."""

from collections.abc import Iterator
from typing import Any, get_args

from selection.application import events as a
from selection.decision.facts import PersonFact
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Value, fields_of as values_of
from selection.projections.rows import ApplicationRow, row_of
from selection.visibility.entry_view import EntryView
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Viewer, relation
from tests.selection import round_stories, story
from tests.selection.story import RULES, Story

MAIN = story.application_listed()
ROUND = round_stories.round_story()
EXPERTS = {f"expert-{number}" for number in range(1, 11)}
STAFF_IDS = {"officer-1", "officer-2", "supervisor-1", "supervisor-2"}
TEAMS = {"surveyor-1", "surveyor-2", "surveyor-3", "examiner-1", "examiner-2"}
EVERYBODY = EXPERTS | STAFF_IDS | TEAMS | {"agent-1", "recommender-1", "objector-1", "avoided-1", "partner-1"}
FILES = {"form-3", "evidence-1", "agreement"}
OLD_FILES = {"form-1", "public-1"}
PUBLISHED = {"public-3"}
"""What anyone may read since the notice."""
NAMES = {"Centre for Stage Engineering", "舞台工程技术创新中心", "Curtain Works", "幕布机械公司"}
"""Of the centre and of its host unit."""
JUDGED = {f"judged-expert-{number}" for number in range(1, 11)}
"""What reviewers wrote for the panel alone."""
REVIEWS = JUDGED | {f"review-expert-{number}" for number in range(1, 11)}
PLEDGES = {f"pledge-expert-{number}" for number in range(1, 11)}
REPORT = {"report-1", "report-text", "ruling-text"}
OBJECTION = {"objection-text", "proof-1"}
SCORES = {"66.83", "401/6", "203/3", "43/2", "lot-1"}
AGREED = {"88.5"}
"""What the members of the meeting vote on."""
APPRAISAL = {*AGREED, "dissent-expert-2", "appraisal-text"}


def person(name: str, **roles: tuple[str, ...]) -> PersonFact:
    return PersonFact(person=name, roles=roles)


def viewer_of(told: Story, name: str, **roles: tuple[str, ...]) -> Viewer:
    fact = story.PARTNER_FACT if name == story.PARTNER.person else person(name, **roles)
    return relation(told.state, name, fact, RULES)


def views(told: Story, viewer: Viewer) -> list[EntryView]:
    found = (view_entry(leaf, viewer, told.state) for leaf in told.leaves)
    return [view for view in found if view is not None]


def strings(value: Any) -> Iterator[str]:
    """Every string anywhere in a value, keys of mappings among them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    else:
        yield str(value)


def list_seen(told: Story, viewer: Viewer) -> set[str]:
    return set(strings(views(told, viewer)))


def types(told: Story, viewer: Viewer) -> set[str]:
    return {view["type"] for view in views(told, viewer)}


# The table is complete.


def fields_of(model: type[Value], prefix: str = "") -> set[str]:
    found = set()
    for name, info in values_of(model).items():
        # An optional form has the fields that it has where it is given.
        inner = AnsweredForm if AnsweredForm in get_args(info.annotation) else info.annotation
        if inner in (a.Submission, AnsweredForm):
            found |= fields_of(inner, f"{name}.")
        else:
            found.add(prefix + name)
    return found


def row_of_main() -> ApplicationRow:
    row = row_of(MAIN.state)
    assert isinstance(row, ApplicationRow)
    return row


CLOSED_TO: dict[str, set[str]] = {
    # The comments of reviews that count are for the applicant, once the application has its outcome.
    "agent-1": EVERYBODY - {"agent-1", "avoided-1"}
    | JUDGED
    | {"review-expert-4"}
    | PLEDGES
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL,
    # Of a co-builder: what it confirms and what was decided, not what the host unit handed in besides.
    "partner-1": EVERYBODY - {"partner-1"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL
    | OLD_FILES
    | {"applicant-pledge", "evidence-1", "withdrawal"},
    "recommender-1": EVERYBODY - {"recommender-1"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL,
    # A chair knows the panel that meets, and not its scores; what its members wrote, without their names.
    "expert-1": EVERYBODY - EXPERTS | PLEDGES - {"pledge-expert-1"} | REPORT,
    # A reviewer who reported another one.
    "expert-3": EVERYBODY - {"expert-3"}
    | REVIEWS - {"review-expert-3", "judged-expert-3"}
    | PLEDGES - {"pledge-expert-3"}
    | {"ruling-text"}
    | OBJECTION
    | SCORES
    | APPRAISAL - AGREED
    | OLD_FILES,
    # The one who was reported.
    "expert-2": EVERYBODY - {"expert-2"}
    | REVIEWS - {"review-expert-2", "judged-expert-2"}
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL - AGREED - {"dissent-expert-2"},
    # Left the seat after the review, declined, did not answer, and an alternate who was never asked.
    "expert-4": EVERYBODY - {"expert-4"}
    | NAMES
    | REVIEWS - {"review-expert-4", "judged-expert-4"}
    | FILES
    | OLD_FILES
    | REPORT
    | SCORES,
    "expert-6": EVERYBODY - {"expert-6"} | NAMES | REVIEWS | FILES | OLD_FILES | REPORT | SCORES | PLEDGES,
    "expert-7": EVERYBODY - {"expert-7"} | NAMES | REVIEWS | FILES | OLD_FILES | REPORT | SCORES | PLEDGES,
    "expert-10": EVERYBODY | NAMES | FILES | OLD_FILES | {"91110000MA00000000"},
    # Invited and not yet pledged.
    "expert-9": EVERYBODY - {"expert-9"}
    | REVIEWS
    | PLEDGES
    | FILES
    | OLD_FILES
    | REPORT
    | SCORES
    | APPRAISAL,
    "surveyor-2": EVERYBODY - {"surveyor-1", "surveyor-2", "surveyor-3"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | SCORES,
    "examiner-1": EVERYBODY - {"examiner-1", "examiner-2", "objector-1"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | SCORES,
    "objector-1": EVERYBODY - {"objector-1"} | REVIEWS | PLEDGES | FILES | REPORT | SCORES | APPRAISAL,
    "approver-1": EVERYBODY | REVIEWS | PLEDGES | REPORT | OBJECTION | {"lot-1", "dissent-expert-2"},
    "admin-1": EVERYBODY | NAMES | REVIEWS | PLEDGES | REPORT | OBJECTION | FILES | SCORES | APPRAISAL,
    "stranger": EVERYBODY | NAMES | FILES | OLD_FILES | {"91110000MA00000000", "0001"},
}
