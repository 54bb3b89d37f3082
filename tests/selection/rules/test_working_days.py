"""Windows in working days: by the published calendar, as sealed, and by a person's choice where none is published."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c, events as e
from selection.kernel.day_clock import end_of_day
from selection.kernel.stages import Stage
from selection.rules.loading import RulesFaults
from selection.rules.working_days import WorkingDays, end_of_window
from selection.sealing import load_rules
from tests import factories as f, paths
from tests.audit.support.tampering import Log, place, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

TEXT = (files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8")
SECTION = "working_days:\n  windows: [notice, mend]\n"
# National Day of 2024: five Mondays to Fridays off, a Sunday before and a Saturday after worked.
OFF = tuple(date(2024, 10, day) for day in (1, 2, 3, 4, 7))
ON = (date(2024, 9, 29), date(2024, 10, 12))
NATIONAL_DAY = WorkingDays(windows=("notice", "mend"), source="test", years=(2024,), off=OFF, on=ON)


def test_a_file_is_filled_in_with_the_published_days_of_its_years() -> None:
    working = load_rules(f"{TEXT}\nworking_days:\n  windows: [notice]\n").working_days
    assert working is not None
    assert working.years == (2024, 2025, 2026)
    assert working.guessed == ()
    assert working.source.startswith("chinese-calendar ")
    assert {day for day in working.off if day.year == 2024 and day.month == 10} == set(OFF)
    assert set(ON) <= set(working.on)


def test_a_year_without_a_published_calendar_needs_a_person_s_choice() -> None:
    later = TEXT.replace("2025-", "2098-").replace("2024-", "2097-")
    with pytest.raises(RulesFaults) as caught:
        load_rules(later + SECTION)
    [fault] = caught.value.faults
    assert (fault.path, fault.code) == ("working_days.unpublished", "calendar_unpublished")
    assert "2098" in fault.sentence()
    working = load_rules(f"{later}{SECTION}  unpublished: weekends\n").working_days
    assert working is not None
    assert 2098 in working.guessed
    assert working.is_worked(date(2098, 10, 1))


def test_rules_without_the_section_seal_as_before() -> None:
    assert "working_days" not in load_rules(TEXT).model_dump(mode="json")


@pytest.mark.parametrize(
    ("opened", "days", "last"),
    [
        # The Sunday that is worked counts, the holidays do not.
        (date(2024, 9, 27), 5, date(2024, 10, 10)),
        (date(2024, 10, 11), 1, date(2024, 10, 12)),
        (date(2024, 10, 11), 2, date(2024, 10, 14)),
        (date(2024, 10, 1), 0, date(2024, 10, 1)),
    ],
)
def test_a_window_ends_with_its_last_working_day(opened: date, days: int, last: date) -> None:
    clock, noon = f.RULES.clock, datetime(opened.year, opened.month, opened.day, 4, tzinfo=UTC)
    assert end_of_window(clock, NATIONAL_DAY, "notice", noon, days) == end_of_day(clock, last)
    natural = end_of_day(clock, opened + timedelta(days=days))
    assert end_of_window(clock, NATIONAL_DAY, "invitation", noon, days) == natural


def test_mending_lasts_so_many_working_days() -> None:
    desk = paths.application_in(Stage.CHECKING, f.terms(working_days=NATIONAL_DAY))
    desk.now = datetime(2024, 9, 27, 4, tzinfo=UTC)
    [sent] = desk.act(c.SendBack(faults=("evidence-unclear",), text=f.ref()), f.OFFICER)
    assert isinstance(sent, e.SentBack)
    assert sent.until == end_of_day(f.RULES.clock, date(2024, 10, 16))


def test_a_verifier_counts_the_days_again_from_what_is_sealed(tmp_path: Path) -> None:
    with pause_counting():
        made = WholeRound(f.rules(working_days=NATIONAL_DAY), list(f.people().values()))
        made.now += f.DAY
        made.app("0001").act(f.submit(), f.APPLICANT)
        made.recommend("bj", "recommender-1", "0001")
        made.wait(datetime(2024, 9, 27, 4, tzinfo=UTC))
        made.app("0001").act(c.SendBack(faults=("evidence-unclear",), text=f.ref()), f.OFFICER)
    assert _measure(tmp_path, made, made.log) is Verdict.PROVEN
    natural = f.TERMS.after(made.now, 10).isoformat()
    tampered = with_data(made.log, place(made.log, e.SentBack.TYPE), until=natural)
    assert _measure(tmp_path, made, tampered) is Verdict.REFUTED


def _measure(folder: Path, made: WholeRound, log: Log) -> Verdict:
    with Bundle(write_bundle(folder / "round.zip", made, log)) as bundle:
        return next(claim.verdict for claim in outcome_claims(bundle) if claim.code == "windows-measured")
