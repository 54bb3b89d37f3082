"""A version is handed in with answers that fit the sealed form, or not at all."""

from dataclasses import asdict

import pytest

from selection.application import commands as c
from selection.application.submission import get_form
from selection.decision.command import Command
from selection.decision.facts import Facts
from selection.forms.faults import AnswerFault
from selection.forms.form import FormName
from selection.forms.handed_in import FAULTS_NAMED, AnsweredForm, Fitting, make_fitting
from selection.forms.one_text import ONE_TEXT
from selection.forms.reading import read_answers
from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from tests import factories as f, paths
from tests.desk import Desk

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
    assert desk.refuse(c.Mend(submission=f.submission(staff=31)), f.APPLICANT) == "answers-unfit"


FORM = AnsweredForm(version="v1", answers=f.ref("answers"))
PANEL = tuple(f.expert(number) for number in range(1, 8))


def act_in(stage: Stage, asks: tuple[FormName, ...]) -> Desk:
    """An application at a stage, with who acts there, whose rules ask for these forms."""
    desk = paths.application_in(stage)
    desk.world = desk.world.with_(terms=f.TERMS.with_(asks=asks))
    if stage is Stage.SURVEY:
        desk.act(f.team(), f.OFFICER)
    if stage is Stage.APPRAISAL and desk.state.chair != "expert-1":
        desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
        for act, who in f.hold_meeting(PANEL, "expert-1")[:-1]:
            desk.act(act, who)
    return desk


ACTS: dict[str, tuple[FormName, Stage, Command, Actor]] = {
    "survey": ("survey", Stage.SURVEY, f.survey(), f.actor("surveyor-1", Role.SURVEYOR)),
    "appraisal": ("appraisal", Stage.APPRAISAL, f.appraisal(), f.actor("expert-1", Role.CHAIR)),
    "objection": ("objection", Stage.NOTICE, f.objection(), f.actor("objector-1")),
}


@pytest.mark.parametrize(("name", "stage", "command", "actor"), ACTS.values(), ids=list(ACTS))
def test_an_act_carries_the_answers_that_the_rules_ask_for_and_no_other(
    name: FormName, stage: Stage, command: Command, actor: Actor
) -> None:
    answered = command.with_(form=FORM)
    assert act_in(stage, ()).refuse(answered, actor) == "unknown-value"
    desk = act_in(stage, (name,))
    assert desk.refuse(command, actor) == "missing"
    desk.world = desk.world.with_(fitting=UNFIT)
    assert desk.refuse(answered, actor) == "answers-unfit"
    desk.world = desk.world.with_(fitting=None)
    [event, *_] = desk.act(answered, actor)
    assert event.model_dump()["form"] == asdict(FORM)


def test_a_record_that_does_not_say_whether_they_fit_takes_none() -> None:
    command = f.submit()
    desk = paths.application()
    names = ("form", "applicant-pledge", "seals")
    told = desk.learn

    def silent(request: object) -> Facts:
        return told(request).with_(fitting=None, contents=f.list_stored(desk.now, *names))  # type: ignore[arg-type]

    desk.learn = silent  # type: ignore[method-assign]
    assert desk.refuse(command, f.APPLICANT) == "unknown-content"


def test_a_refusal_names_the_first_faults_and_counts_all() -> None:
    found = make_fitting([AnswerFault(f"f[{n}]", "missing") for n in range(1000)])
    assert (found.count, len(found.told)) == (1000, FAULTS_NAMED)


def test_what_stands_in_the_entry_is_read_with_the_answers() -> None:
    partner = f.unit("91-partner").with_(name_zh="合成单位")
    submission = f.submission(
        co_builders=(partner,), agreement=f.ref("agreement"), fund_yuan="12.50", name_zh="中心"
    )
    answers = read_answers(ONE_TEXT, get_form(submission), {"form": canonical_bytes({"form": "Text"})})
    assert answers["fund_yuan"] == "12.5"
    assert answers["name_zh"] == "中心"
    assert answers["co_builders"] == [
        {"code": "91-partner", "kind": "enterprise", "region": "CN-BJ", "name_zh": "合成单位"}
    ]
    assert "avoid" not in answers
