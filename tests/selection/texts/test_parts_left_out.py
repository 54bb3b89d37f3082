"""Each event has its letter and its claim, and each act of people its task, or the reason why not is written down."""

from audit.report.sentences import CLAIMS
from audit.rules.catalogue import rules
from selection.decision.aggregate import ActRefused
from selection.decision.command import COMMANDS
from selection.rooms import ROOMS
from selection.streams import event_types
from selection.wording.code_names import TASKS
from tests.selection.texts import parts_left_out as out

EVENTS = frozenset(event_types()) - {ActRefused.TYPE}
OF_PEOPLE = frozenset(kind for kind, command in COMMANDS.items() if command.ROW.of_people)


def compare_parts(wanted: frozenset[str], *tables: frozenset[str]) -> dict[str, list[str]]:
    """What of all that is wanted no table has, what more than one has, and what they have that is gone."""
    found = [name for table in tables for name in table]
    return {
        "in none": sorted(wanted - {*found}),
        "in two": sorted({name for name in found if found.count(name) > 1}),
        "gone": sorted({*found} - wanted),
    }


NOTHING: dict[str, list[str]] = {"in none": [], "in two": [], "gone": []}


def test_each_event_writes_to_somebody_or_it_is_said_why_not() -> None:
    lettered = frozenset(event.TYPE for room in ROOMS for event in room.writes)
    assert compare_parts(EVENTS, lettered, frozenset(out.NO_LETTER)) == NOTHING
    assert all(out.NO_LETTER.values())


def test_each_act_of_people_ends_a_task_or_it_is_said_why_not() -> None:
    alike = OF_PEOPLE & TASKS.keys()
    tables = (alike, frozenset(out.ENDS_TASK), frozenset(out.NO_TASK))
    assert compare_parts(OF_PEOPLE, *tables) == NOTHING
    assert all(out.NO_TASK.values())


def test_each_task_is_ended_by_an_act_or_it_is_said_why_not() -> None:
    ended = frozenset(out.ENDS_TASK.values()) | (OF_PEOPLE & TASKS.keys())
    assert compare_parts(frozenset(TASKS), ended, frozenset(out.ENDED_BY_ENGINE)) == NOTHING


def test_each_event_is_judged_by_a_claim_or_it_is_said_why_not() -> None:
    found = rules(None)  # type: ignore[arg-type]  # asked for what they look at, not to judge
    by_type = frozenset(event.TYPE for rule in found for event in rule.looks_at or ()) - {ActRefused.TYPE}
    tables = (by_type, frozenset(out.CLAIMS_BESIDE), frozenset(out.NO_CLAIM))
    assert compare_parts(EVENTS, *tables) == NOTHING
    named = {claim for claims in out.CLAIMS_BESIDE.values() for claim in claims}
    assert sorted(named - CLAIMS.keys()) == []
    assert all((*out.CLAIMS_BESIDE.values(), *out.NO_CLAIM.values()))


def test_what_is_in_no_table_in_two_or_gone_is_found() -> None:
    found = compare_parts(frozenset("abc"), frozenset("ab"), frozenset("bx"))
    assert found == {"in none": ["c"], "in two": ["b"], "gone": ["x"]}
