"""A version is handed in with answers that fit the sealed form, or not at all."""

import pytest

from selection.application import commands as c
from selection.application.submission import filled_of
from selection.decision.facts import Facts
from selection.forms.faults import AnswerFault
from selection.forms.filled import read_answers
from selection.forms.handed_in import TOLD, Fitting, fitting_of
from selection.forms.one_text import ONE_TEXT
from selection.kernel.canonical import canonical_bytes
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from tests import factories as f, paths

UNFIT = Fitting(count=2, told=("name_zh missing", "team[0].role too-long"))


def test_answers_that_do_not_fit_are_refused_with_place_and_code() -> None:
    desk = paths.application()
    desk.world = desk.world.with_(fitting=UNFIT)
    with pytest.raises(Refused) as refused:
        desk.act(f.submit(), f.APPLICANT)
    assert refused.value.code == "answers-unfit"
    assert refused.value.params == {"count": "2", "faults": "name_zh missing, team[0].role too-long"}


def test_a_mended_version_must_fit_as_well() -> None:
    desk = paths.application_in(Stage.MENDING)
    desk.world = desk.world.with_(fitting=UNFIT)
    assert desk.refused(c.Mend(submission=f.submission(staff=31)), f.APPLICANT) == "answers-unfit"


def test_a_record_that_does_not_say_whether_they_fit_takes_none() -> None:
    command = f.submit()
    desk = paths.application()
    names = ("form", "applicant-pledge", "seals")
    told = desk.learn

    def silent(request: object) -> Facts:
        return told(request).with_(fitting=None, contents=f.stored(desk.now, *names))  # type: ignore[arg-type]

    desk.learn = silent  # type: ignore[method-assign]
    assert desk.refused(command, f.APPLICANT) == "unknown-content"


def test_a_refusal_names_the_first_faults_and_counts_all() -> None:
    found = fitting_of([AnswerFault(f"f[{n}]", "missing") for n in range(1000)])
    assert (found.count, len(found.told)) == (1000, TOLD)


def test_what_stands_in_the_entry_is_read_with_the_answers() -> None:
    partner = f.unit("91-partner").with_(name_zh="合成单位")
    submission = f.submission(
        co_builders=(partner,), agreement=f.ref("agreement"), fund_yuan="12.50", name_zh="中心"
    )
    answers = read_answers(ONE_TEXT, filled_of(submission), {"form": canonical_bytes({"form": "Text"})})
    assert answers["fund_yuan"] == "12.5"
    assert answers["name_zh"] == "中心"
    assert answers["co_builders"] == [
        {"code": "91-partner", "kind": "enterprise", "region": "CN-BJ", "name_zh": "合成单位"}
    ]
    assert "avoid" not in answers
