"""Who would like one unit to be two, so that nobody has to stand aside from it."""

import pytest
from hypothesis import example, given, strategies as st
from pydantic import ValidationError

from audit.bundle.unit_spelling import spell
from audit.outcome.pool import Pool
from selection.application import commands as c
from selection.application.review.events import PanelSeated
from selection.application.submission import Submission
from selection.decision.facts import agents_of
from selection.decision.relations import Relations
from selection.draw.inputs import institution_of
from selection.draw.pool import draw_inputs
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code, same_unit
from selection.register.commands import Registered, Registration
from tests import factories as f, paths

CODE = "91110000MA01ABCD6F"
SPELLINGS = (
    *(
        f"{CODE} ",
        f" {CODE}",
        f"{CODE}\u3000",
        f"{CODE}\u00a0",
        f"{CODE}\u200b",
        f"{CODE}\ufeff",
        f"{CODE}\n",
    ),
    *(
        "91110000 MA01 ABCD6F",
        "91110000-MA01ABCD6-F",
        "91110000\u2013MA01ABCD6\u2212F",
        "91110000.MA01ABCD6F",
    ),
    *(
        CODE.lower(),
        "91110000ma01Abcd6f",
        "９１１１００００ＭＡ０１ＡＢＣＤ６Ｆ",
        "９１１１００００ｍａ０１ａｂｃｄ６ｆ",
    ),
    *(f"uscc:{CODE}", f"USCC: {CODE}", f"uscc：{CODE}", f"uscc:uscc:{CODE}", f"synthetic:{CODE}"),
)
OTHERS = (
    ("lei:5493001KJTIIGC8Y1R12", "5493001kjtiigc8y1r12"),
    ("lei:5493001KJTIIGC8Y1R12", "LEI: 5493001KJTIIGC8Y1R12"),
    ("foreign:DE-HRB1234", "de-hrb1234"),
    ("foreign:DE-HRB1234", "Foreign:DE\u2010HRB1234 "),
    ("99SYNTH90000000002", "synthetic:99synth90000000002"),
)
HOST_SPELT = ("91-host ", "91-HOST", "９１-host", "uscc:91-host", "91\u2011host")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_code_typed_otherwise_is_the_same_unit(spelling: str) -> None:
    assert canonical_code(spelling) == spell(spelling) == CODE
    assert same_unit(spelling, CODE)


@pytest.mark.parametrize(("code", "spelling"), OTHERS)
def test_so_is_one_of_another_scheme(code: str, spelling: str) -> None:
    assert canonical_code(spelling) == spell(spelling) == canonical_code(code)


@pytest.mark.parametrize(
    "nothing", ["", " ", "\u3000", "\u200b\n", "uscc:", "uscc: ", "-", "\u2014\u2014", "./_:"]
)
def test_no_code_is_no_unit(nothing: str) -> None:
    assert canonical_code(nothing) == spell(nothing) == ""
    assert not same_unit(nothing, "")


def test_other_codes_are_other_units() -> None:
    codes = ("91-host", "91-host2", "foreign:DE-1", "foreign:FR-1", "lei:DE-1", "99SYNTH1", CODE)
    assert len({canonical_code(code) for code in codes}) == len(codes)
    assert {canonical_code(code) for code in codes} == {spell(code) for code in codes}


_TYPED = st.text(
    st.sampled_from("09AZazlei:us cforg-./_\u3000\uff21\uff1a\u200b\u2013\u0410\U000e0041") | st.characters()
)


@example("lei:lei:1")
@example("uscc:DE-1")
@given(_TYPED | st.builds("{}:{}".format, st.sampled_from(["uscc", "LEI", "foreign", "x"]), _TYPED))
def test_the_audit_spells_as_the_core_does_and_spelling_again_changes_nothing(text: str) -> None:
    code = canonical_code(text)
    assert spell(text) == code == canonical_code(code)


@pytest.mark.parametrize("spelling", HOST_SPELT)
def test_an_expert_of_the_host_is_not_seated_however_their_employer_is_spelt(spelling: str) -> None:
    desk = paths.application()
    paths.lead_to(desk, Stage.ELIGIBLE)
    seating = f.panel(employers={**f.panel().employers, "expert-9": spelling})
    (seated,) = desk.act(seating)
    assert isinstance(seated, PanelSeated)
    assert "expert-9" in seated.passed_over
    assert "expert-9" not in {*seated.seats.values(), *seated.alternates}


@pytest.mark.parametrize("spelling", HOST_SPELT)
def test_nor_drawn(spelling: str) -> None:
    desk = paths.application()
    paths.lead_to(desk, Stage.ELIGIBLE)
    people = [
        f.person("expert-1", "expert", employer=spelling),
        f.person("expert-2", "expert", employer="91-host"),
    ]
    inputs = draw_inputs(f.RULES, [desk.state], [], people, Relations(), desk.now)
    first = inputs.applications[0].model_dump(mode="json")
    pool = Pool(inputs.model_dump(mode="json"))
    assert [pool.list_bars(first, expert.person) for expert in inputs.experts] == [["employer"]] * 2
    assert len({institution_of(expert) for expert in inputs.experts}) == 1


@pytest.mark.parametrize("spelling", HOST_SPELT)
def test_nor_sent_to_survey(spelling: str) -> None:
    desk = paths.application()
    paths.lead_to(desk, Stage.SURVEY)
    moved = {"surveyor-2": f.person("surveyor-2", "expert", employer=spelling)}
    desk.world = desk.world.with_(people={**desk.world.people, **moved})
    assert desk.refuse(f.team(), f.OFFICER) == "same-employer"


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u2014"])
def test_who_might_be_of_any_unit_is_neither_drawn_nor_sent(nothing: str) -> None:
    unknown = f.person("surveyor-2", "expert").with_(employer=nothing)
    assert draw_inputs(f.RULES, [], [], [unknown], Relations(), f.OPENED).experts == ()
    desk = paths.application()
    paths.lead_to(desk, Stage.SURVEY)
    desk.world = desk.world.with_(people={**desk.world.people, "surveyor-2": unknown})
    assert desk.refuse(f.team(), f.OFFICER) == "employer-unknown"


def test_who_is_employed_by_no_unit_says_so_and_stands_alone() -> None:
    free = [f.person(name, "expert", employer="none") for name in ("expert-1", "expert-2")]
    experts = draw_inputs(f.RULES, [], [], free, Relations(), f.OPENED).experts
    assert [expert.employer for expert in experts] == ["", ""]
    assert len({institution_of(expert) for expert in experts}) == 2


@pytest.mark.parametrize("spelling", HOST_SPELT)
def test_a_unit_is_no_co_builder_of_its_own_application(spelling: str) -> None:
    desk = paths.application()
    twice = f.joint(co_builders=(f.unit(spelling, kind="university"),))
    assert desk.refuse(c.Submit(submission=twice), f.APPLICANT) == "unknown-value"


@pytest.mark.parametrize("submission", [f.submission(host=f.unit("")), f.joint(co_builders=(f.unit(" "),))])
def test_a_unit_without_a_code_does_not_apply(submission: Submission) -> None:
    desk = paths.application()
    nobodys = f.person("applicant-1", "applicant").with_(employer=submission.host.code)
    desk.world = desk.world.with_(people={**desk.world.people, "applicant-1": nobodys})
    assert desk.refuse(c.Submit(submission=submission), f.APPLICANT) == "unknown-value"


def test_who_acts_for_a_unit_is_found_however_it_is_spelt() -> None:
    people = [f.person("partner-1", "applicant", employer="91-PARTNER ")]
    assert agents_of(["91-partner"], people) == {"91-partner": ("partner-1",)}


def test_people_are_registered_under_the_one_spelling() -> None:
    told = Registration(person="expert-1", roles={Role.EXPERT: ()}, employer=" uscc:９1110000ma01abcd6f")
    assert told.employer == CODE
    with pytest.raises(ValidationError):
        Registered(person="expert-1", roles={}, identity="0" * 64, employer=CODE.lower())


@pytest.mark.parametrize("lookalike", ["9111\u041e000", "\u0421NRS-1", "９１１１〇〇", "91-hos\u0442"])
def test_letters_that_only_look_like_those_of_a_code_are_refused(lookalike: str) -> None:
    with pytest.raises(ValidationError):
        Registration(person="expert-1", roles={}, employer=lookalike)
