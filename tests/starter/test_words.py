from selection.stages import RoundStage, Stage
from starter.output import CODED, Output
from starter.words import HEADINGS


def test_every_stage_has_its_words() -> None:
    assert {stage.value for stage in (*Stage, *RoundStage)} <= set(CODED["stage"])


def test_every_kind_of_task_has_its_words() -> None:
    import re
    from pathlib import Path

    import selection.views

    source = Path(selection.views.__file__).read_text(encoding="utf-8")
    kinds = set(re.findall(r'kind="([a-z-]+)"', source))
    assert sorted(kinds - set(CODED["kind"])) == []


def test_headings_are_sorted_so_that_none_stands_twice() -> None:
    assert list(HEADINGS) == sorted(HEADINGS)


def test_times_are_shown_in_beijing_time_and_kept_in_utc_for_programs() -> None:
    from datetime import UTC, datetime

    at = datetime(2024, 8, 28, 16, 0, tzinfo=UTC)
    assert Output("zh").cell("until", at) == "2024-08-29 00:00:00"
    out = Output("en", as_json=True)
    out.rows("deadlines", ("until",), [{"until": at}])
    assert out.document == {"deadlines": [{"until": "2024-08-28T16:00:00+00:00"}]}
