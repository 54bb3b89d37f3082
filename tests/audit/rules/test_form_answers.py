"""That each version fits the sealed form is found again from the bundle, by a walk of the auditor's own."""

import base64
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import TypeAdapter

from audit.bundle.layout import KeptContent
from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Verdict
from audit.rules.fold import fold
from audit.rules.forms.answers import CODE, AnswersFitForm
from audit.rules.forms.version import HandedIn, Version, read_version
from audit.rules.forms.walk import Unfit
from audit.rules.rule_runner import judge
from selection.application.submission import Submission, get_form
from selection.forms.checking import AnswerChecker
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.one_text import ONE_TEXT
from selection.forms.parts import Answers, split_answers
from selection.forms.reading import find_unfit
from selection.kernel.canonical import canonical_bytes
from tests import factories as f
from tests.audit.support.tampering import Log, place, with_data
from tests.bundling import write_bundle
from tests.round_story import tell_round
from tests.selection.forms.strategies import LABEL, answers_to, forms_with_answers
from tests.selection.forms.test_properties import break_answers, hand_in

pytestmark = pytest.mark.long

FORM = '{"form":"form"}'
REGISTERED = "99SYNTHREGISTERED"
HONEST = {"*": FORM, "anew": '{"extra":"anew","form":"anew"}', "blank": "{}", "review": '{"text":"review"}'}
"""What the told round handed in: applications of one text, and reviews of one text for the applicant."""


class BundleContents:
    """A bundle's contents, by id."""

    def __init__(self, contents: Mapping[str, str | bytes], media_type: str = "text/plain") -> None:
        self._contents = contents
        self._media_type = media_type

    def content(self, content_id: str) -> KeptContent | None:
        stem = content_id.partition(".")[0]
        found = self._contents.get(content_id, self._contents.get(stem, self._contents.get("*")))
        if found is None:
            return None
        body = found if isinstance(found, bytes) else found.encode()
        text = base64.b64encode(body).decode()
        return KeptContent(id=content_id, sha256="", salt="", media_type=self._media_type, content=text)


def verdict(folder: Path, kept: BundleContents, log: Log | None = None) -> tuple[Verdict, str, str, int]:
    """How the claim stands for the told round, where it fails, and of how many versions answers are not held."""
    rule = AnswersFitForm(kept)
    with Bundle(write_bundle(folder / "round.zip", tell_round(), log)) as bundle:
        claims = judge(bundle.round, fold(bundle, read_register(bundle)), [rule])
        [claim] = [claim for claim in claims if claim.code == CODE]
    return claim.verdict, claim.point, claim.params.get("place", ""), rule.withheld


def test_versions_are_proven_to_fit_as_far_as_their_answers_are_held(tmp_path: Path) -> None:
    reviewed = ("review.submitted.v1", "review.corrected.v1")
    with_form = ("application.submitted.v1", "application.mended.v1", *reviewed)
    forms = sum(leaf.type in with_form for leaf in tell_round().log)
    assert verdict(tmp_path, BundleContents(HONEST)) == (Verdict.PROVEN, "", "", 0)
    assert verdict(tmp_path, BundleContents({})) == (Verdict.PROVEN, "", "", forms)
    without_told = {name: body for name, body in HONEST.items() if name == "blank"}
    assert verdict(tmp_path, BundleContents(without_told)) == (Verdict.PROVEN, "", "", forms)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"version": "one-text"}, ""),
        ({"version": "second-batch-review-1"}, ""),
        # The comments of the two audiences, one put in place of the other.
        ({"answers": "review", "told": "blank"}, "(form)"),
        ({"answers": "review", "told": "review"}, "(form)"),
        ({"answers": "review", "told": None}, "(form)"),
        ({"answers": "blank", "told": "blank"}, "(form)"),
        ({"told": None}, "text"),
        ({"answers": "form"}, "(form)"),
        ({"files": [{"id": "review", "sha256": "0" * 64}]}, "(form)"),
        (
            {"personal": [{"answer": "text", "content": {"id": "review", "sha256": "0" * 64}, "person": ""}]},
            "text",
        ),
    ],
)
def test_a_review_that_does_not_fit_is_found(tmp_path: Path, change: dict[str, Any], where: str) -> None:
    log = tell_round().log
    at = place(log, "review.submitted.v1", "0002")
    named = {
        name: {"id": value, "sha256": "0" * 64} if name in ("answers", "told") and value else value
        for name, value in change.items()
    }
    changed = with_data(log, at, form={**log[at].data["form"], **named})
    found = verdict(tmp_path, BundleContents(HONEST), changed)
    assert found[:3] == (Verdict.REFUTED, f"{f.ROUND}#{at}", where)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("", "(form)"),
        ('{"form": "form"}', "(form)"),
        ("{}", "form"),
        ('{"form":"\u202e"}', "form"),
        ('{"form":"form","made_up":1}', "(form)"),
        ('{"evidence":[{"id":"x","sha256":"' + "0" * 64 + '"}],"form":"form"}', "(form)"),
        ('{"form":"form","staff":3}', "(form)"),
        ('{"form":NaN}', "(form)"),
        ("[" * 5000, "(form)"),
    ],
)
def test_answers_that_do_not_fit_are_found_at_the_version(tmp_path: Path, body: str, where: str) -> None:
    at = place(tell_round().log, "application.submitted.v1", "0003")
    form = tell_round().log[at].data["submission"]["form"]["id"]
    found = verdict(tmp_path, BundleContents({**HONEST, form: body}))
    assert found[:3] == (Verdict.REFUTED, f"{f.ROUND}#{at}", where)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"form_version": "other"}, ""),
        ({"priority": "made-up"}, "priority"),
        ({"evidence": [{"id": "x", "sha256": "0" * 64}]}, "(form)"),
        (
            {"personal": [{"answer": "form", "content": {"id": "p", "sha256": "0" * 64}, "person": ""}]},
            "form",
        ),
    ],
)
def test_an_entry_that_does_not_fit_is_found(tmp_path: Path, change: dict[str, Any], where: str) -> None:
    log = tell_round().log
    at = place(log, "application.submitted.v1", "0002")
    changed = with_data(log, at, submission={**log[at].data["submission"], **change})
    found = verdict(tmp_path, BundleContents(HONEST), changed)
    assert found[:3] == (Verdict.REFUTED, f"{f.ROUND}#{at}", where)


PUBLIC_FORM = ONE_TEXT.model_dump(mode="json")
PUBLIC_FIELD = {"code": "summary", "kind": "text", "public": True, **LABEL}
PUBLIC_FORM["sections"][0]["fields"].append(PUBLIC_FIELD)
SUMMARY = {"id": "summary", "sha256": "0" * 64}


def _with_public_field(definition: dict[str, Any]) -> dict[str, Any]:
    first, *others = definition["sections"]
    return {**definition, "sections": [{**first, "fields": [*first["fields"], PUBLIC_FIELD]}, *others]}


def judge_published(
    folder: Path, body: str, *, opens: Any = SUMMARY, lists: Any = None, shared: str = FORM
) -> tuple[str, str, str]:
    """What is found where each version has a public content of this body, and what publishes it says `opens`."""
    log = with_data(
        tell_round().log,
        0,
        rules={**tell_round().log[0].data["rules"], "forms": {"application": PUBLIC_FORM}},
    )
    for at, leaf in enumerate(tell_round().log):
        if "submission" in leaf.data:
            log = with_data(log, at, submission={**leaf.data["submission"], "public": SUMMARY})
        if leaf.type == "round.form-amended.v1" and leaf.data["form_name"] == "application":
            log = with_data(log, at, definition=_with_public_field(leaf.data["definition"]))
        for kind, stated in (("notice.opened.v1", opens), ("application.listed.v1", lists)):
            if leaf.type == kind and stated:
                log = with_data(log, at, public=stated)
    rule = AnswersFitForm(BundleContents({**HONEST, "*": shared, "summary": body}))
    with Bundle(write_bundle(folder / "round.zip", tell_round(), log)) as bundle:
        claims = judge(bundle.round, fold(bundle, read_register(bundle)), [rule])
        [claim] = [claim for claim in claims if claim.code == CODE]
    number = claim.point.partition("#")[2]
    type_ = log[int(number)].type if number else ""
    return claim.finding if claim.verdict is Verdict.REFUTED else "", claim.params.get("place", ""), type_


def test_what_is_public_lies_apart_and_is_published_whole_and_once(tmp_path: Path) -> None:
    body, submitted = '{"summary":"short"}', "application.submitted.v1"
    assert judge_published(tmp_path, body) == ("", "", "")
    for wrong in ("{}", '{"form":"form"}', '{"summary":"short","form":"x"}', '{"staff":3}'):
        assert judge_published(tmp_path, wrong) == ("answers-unfit-form", "(form)", submitted)
    both = '{"form":"form","summary":"kept from all"}'
    assert judge_published(tmp_path, body, shared=both) == ("answers-unfit-form", "(form)", submitted)
    assert judge_published(tmp_path, body, opens=None) == ("published-differs", "", "notice.opened.v1")
    other = {"id": "form", "sha256": "0" * 64}
    assert judge_published(tmp_path, body, opens=other) == ("published-differs", "", "notice.opened.v1")
    assert judge_published(tmp_path, body, lists=SUMMARY) == (
        "published-differs",
        "",
        "application.listed.v1",
    )


OPINION = {
    "version": "o-1",
    **LABEL,
    "sections": [
        {"code": "s", **LABEL, "fields": [{"code": "note", "kind": "text", "required": True, **LABEL}]}
    ],
}


@pytest.mark.parametrize(
    ("asked", "answers", "code"),
    [
        (False, "", ""),
        (False, '{"note":"x"}', "no-form-asked"),
        (True, "", "no-form-answered"),
        (True, "{}", "answers-unfit-form"),
        (True, '{"note":"x"}', ""),
    ],
)
def test_a_unit_gives_the_opinion_that_is_asked_and_no_other(
    tmp_path: Path, asked: bool, answers: str, code: str
) -> None:
    log = tell_round().log
    form: dict[str, Any] = {"version": "o-1", "answers": {"id": "opinion", "sha256": "0" * 64}}
    form |= {"told": None, "personal": [], "files": []}
    for at, leaf in enumerate(tell_round().log):
        if leaf.type == "list.recommended.v1" and answers:
            log = with_data(log, at, form=form)
    if asked:
        log = with_data(log, 0, rules={**log[0].data["rules"], "forms": {"opinion": OPINION}})
    rule = AnswersFitForm(BundleContents({**HONEST, "opinion": answers}))
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), log)) as bundle:
        claims = judge(bundle.round, fold(bundle, read_register(bundle)), [rule])
        [claim] = [claim for claim in claims if claim.code == CODE]
    assert (claim.finding if claim.verdict is Verdict.REFUTED else "") == code


def walk(form: Form, answers: Answers, gone: frozenset[str] = frozenset()) -> str | None:
    """What the auditor's walk finds of answers as they are kept; `gone` are the personal ones that were erased."""
    filled, bodies = hand_in(split_answers(form, answers), form, answers)
    return walk_as_kept(form, filled, {name: None if name in gone else body for name, body in bodies.items()})


def walk_as_kept(form: Form, filled: SentForm, held: Mapping[str, bytes | None]) -> str | None:
    """The same of answers that lie wherever somebody put them."""
    personal = [
        {"answer": item.answer, "content": {"id": item.content.id}, "person": item.person}
        for item in filled.personal
    ]
    files = [{"id": ref.id, "sha256": ref.sha256} for ref in filled.files]
    told = "told" if filled.told else ""
    public = "public" if filled.public else ""
    kept = HandedIn(form.version, {}, "shared", told, personal, files, public)
    try:
        Version(form, kept, held).see(f.RULES, BundleContents({}), lambda code: code == REGISTERED)
    except Unfit as unfit:
        return unfit.place
    return None


def fits(form: Form, answers: Answers) -> bool:
    filled, bodies = hand_in(split_answers(form, answers), form, answers)
    return not find_unfit(AnswerChecker(form, f.RULES), filled, bodies, {})


@settings(max_examples=150, deadline=None)
@given(forms_with_answers(public=True), st.data())
def test_the_walk_finds_what_the_schema_finds(drawn: tuple[Form, Answers], data: st.DataObject) -> None:
    form, answers = drawn
    assert (walk(form, answers) is None) is fits(form, answers)
    field = data.draw(st.sampled_from(list(form.fields())))
    if field.code in answers and not isinstance(answers[field.code], list):
        broken = data.draw(st.sampled_from(break_answers(field, answers[field.code])))
        changed = {**answers, field.code: broken}
        assert (walk(form, changed) is None) is fits(form, changed), (field, broken)
    without = {code: answer for code, answer in answers.items() if code != field.code}
    assert (walk(form, without) is None) is fits(form, without)
    more = {**answers, field.code: data.draw(answers_to(field))}
    assert (walk(form, more) is None) is fits(form, more)


@settings(max_examples=80, deadline=None)
@given(forms_with_answers(public=True), st.data())
def test_what_was_erased_is_no_fault_of_the_rest(drawn: tuple[Form, Answers], data: st.DataObject) -> None:
    form, answers = drawn
    places = sorted(split_answers(form, answers).personal)
    gone = frozenset(data.draw(st.sets(st.sampled_from(places))) if places else ())
    if fits(form, answers):
        assert walk(form, answers, gone) is None


@pytest.mark.parametrize("many", [False, True])
def test_a_unit_that_the_register_did_not_have_is_found(many: bool) -> None:
    field = {
        **LABEL,
        "code": "of",
        "kind": "unit",
        "schemes": ["synthetic"],
        "registered": True,
        "many": many,
    }
    section = {"code": "s", **LABEL, "fields": [field]}
    form = Form.model_validate({"version": "v1", **LABEL, "sections": [section]})
    for code, where in ((REGISTERED, None), ("99SYNTHOTHER", "of[0].code" if many else "of.code")):
        unit: Any = {"code": code, "kind": "k", "region": "r"}
        assert walk(form, {"of": [unit] if many else unit}) == where


def test_a_schema_and_a_walk_agree_on_the_canonical_bytes() -> None:
    assert canonical_bytes({"form": "form"}).decode() == FORM


@pytest.mark.parametrize("typed", ["0", "-0", "0E+5", "25.50", "1E+1", "1e7", "１０", "+5", "1_000", "0.1"])
def test_an_amount_is_recorded_so_that_the_walk_reads_it(typed: str) -> None:
    adapter = TypeAdapter(Submission)
    given_ = adapter.validate_python({**adapter.dump_python(f.submission(), mode="json"), "fund_yuan": typed})
    told_ = adapter.dump_python(given_, mode="json")
    filled, body = get_form(given_), canonical_bytes({"form": "form"})
    assert filled.shared is not None
    held = {filled.shared.id: body}
    assert not find_unfit(AnswerChecker(ONE_TEXT, f.RULES), filled, held, {})
    Version(ONE_TEXT, read_version(told_), {**held}).see(f.RULES, BundleContents({}), lambda code: False)
    assert Decimal(told_["fund_yuan"]) == Decimal(typed)
