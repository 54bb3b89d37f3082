import ast
import re
from pathlib import Path

import activities.mail
import selection
from ledger.database.queries import sql_folder
from selection.carry.to_application import BATCHES as CARRIED_OUT
from selection.kernel.stages import RoundStage, Stage
from selection.round.tasks import _ROUND_TASKS
from selection.wording.code_names import BATCHES
from selection.wording.refusals import render_refusal
from starter.cli.column_labels import HEADINGS
from starter.cli.output import CODED, Output
from starter.people.undelivered import ANSWERED, CHINESE, name_answer


def test_every_stage_has_its_words() -> None:
    assert {stage.value for stage in (*Stage, *RoundStage)} <= set(CODED["stage"])


def kinds_of_tasks() -> set[str]:
    """Every kind that an open task can have: of the core's tasks, and of those that the database adds to them."""
    found = set(_ROUND_TASKS.values())
    for path in sorted(Path(selection.__file__).parent.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if "OpenTask(" in source else ():
            match node:
                case ast.keyword(arg="kind", value=value):
                    found |= texts_in(value)
                case ast.Assign(targets=[ast.Name(id="kind")], value=ast.Constant() | ast.IfExp() as value):
                    found |= texts_in(value)
    view = (sql_folder() / "schema.sql").read_text(encoding="utf-8").partition("CREATE VIEW open_tasks")[2]
    return found | set(re.findall(r"\|\| id, '([a-z-]+)'", view.partition(";")[0]))


def texts_in(value: ast.expr) -> set[str]:
    """The texts that an expression may have as its value."""
    match value:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return texts_in(body) | texts_in(orelse)
    return set()


def test_every_kind_of_task_has_its_words() -> None:
    kinds = kinds_of_tasks()
    assert {"answer-invitation", "review", "open-notice", "shortlist", "undelivered"} <= kinds
    assert sorted(kinds - set(CODED["kind"])) == [], "TASKS in the room's sentences.py has no name for these"


def test_every_reason_for_which_a_letter_is_refused_has_its_chinese() -> None:
    source = Path(activities.mail.__file__).read_text(encoding="utf-8")
    calls = [
        node.args[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "MailRefused"
    ]
    reasons = set().union(*(texts_in(value) for value in calls))
    assert len(reasons) >= len(CHINESE) == 5
    assert sorted(reasons - set(CHINESE)) == []
    assert f'f"{ANSWERED}{{code}}"' in source
    assert name_answer(f"{ANSWERED}552", "zh") == "邮件服务器答复 552"
    assert name_answer(f"{ANSWERED}552", "en") == "the mail server answered 552"


def test_what_a_round_carries_out_has_its_words() -> None:
    assert set(BATCHES) == {*CARRIED_OUT, "draw"}
    assert Output("en").cell("batch", "issue/2") == "the list issued by proposal 2"
    assert Output("zh").cell("batch", "issue/2") == "按第 2 版拟建名单发布名单"
    assert Output("en").cell("left_over", ["application/r/0001", "application/r/0002"]) == "r/0001, r/0002"
    assert render_refusal("decision-under-way", {"decision": "place-in-proposal/1"}, "zh") == (
        "上一项决定（第 1 版拟建名单）仍在各申报上执行，请稍后重新提交。"
    )
    assert Output("en", as_json=True).cell("decision", "#7, officer-1: fixed the shortlist") == (
        "#7, officer-1: fixed the shortlist"
    )


def test_a_mapping_is_shown_whole_and_what_is_empty_as_a_dash() -> None:
    cell = Output("en").cell
    assert cell("logs", {"r1": 12, "installation": 3}) == "r1 12, installation 3"
    nothing: tuple[object, ...] = (None, "", (), [], {}, set(), frozenset())
    assert {cell("logs", empty) for empty in nothing} == {"-"}
    assert [cell("count", value) for value in (0, False)] == ["0", "no"]


def test_headings_are_sorted_so_that_none_stands_twice() -> None:
    assert list(HEADINGS) == sorted(HEADINGS)


def test_times_are_shown_in_beijing_time_and_kept_in_utc_for_programs() -> None:
    from datetime import UTC, datetime

    at = datetime(2024, 8, 28, 16, 0, tzinfo=UTC)
    assert Output("zh").cell("until", at) == "2024-08-29 00:00:00"
    out = Output("en", as_json=True)
    out.rows("deadlines", ("until",), [{"until": at}])
    assert out.document == {"deadlines": [{"until": "2024-08-28T16:00:00+00:00"}]}
