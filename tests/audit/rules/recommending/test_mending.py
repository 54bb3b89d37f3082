"""A record in which mending changed an answer that stays by the form is found, whatever the core let through."""

from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Claim, Verdict
from audit.report.sentences import say_claim, say_finding
from audit.rules.catalogue import outcome_claims
from audit.rules.fold import fold
from audit.rules.forms.mending import CODE, MendedAsRecommended
from audit.rules.rule_runner import judge
from selection.forms.form import Form
from selection.forms.one_text import ONE_TEXT
from tests import factories as f
from tests.audit.rules.test_form_answers import FORM, HONEST, BundleContents
from tests.audit.support.tampering import Log, place, with_data
from tests.bundling import write_bundle
from tests.round_story import tell_round

pytestmark = pytest.mark.long

MENDED, AMENDED = "application.mended.v1", "round.form-amended.v1"
OTHER = {"id": "other-plan", "sha256": "0" * 64}
CHANGED = {**HONEST, "other-plan": '{"form":"another plan"}'}
"""What the bundle holds of a round in which 0006 was mended with another text."""


def keep(form: Form, *codes: str) -> dict[str, Any]:
    """A form whose fields of these codes stay in mending."""
    data: dict[str, Any] = form.model_dump(mode="json")
    for field in data["sections"][0]["fields"]:
        if field["code"] in codes:
            field["kept"] = True
    return data


def tell(*, sealed: tuple[str, ...], amended: tuple[str, ...] = (), **mended: Any) -> Log:
    """The told round under forms of which these answers stay; 0006 was handed in under the sealed one."""
    log = tell_round().log
    rules = {**log[0].data["rules"], "forms": {"application": keep(ONE_TEXT, *sealed)}}
    at = place(log, AMENDED)
    definition = keep(Form.model_validate(log[at].data["definition"]), *amended)
    log = with_data(with_data(log, 0, rules=rules), at, definition=definition)
    at = place(log, MENDED)
    return with_data(log, at, submission={**log[at].data["submission"], **mended})


def find(folder: Path, log: Log, kept: dict[str, str] | None = None) -> Claim:
    """How the claim stands, with what the bundle holds."""
    rule = MendedAsRecommended(BundleContents(CHANGED if kept is None else kept))
    with Bundle(write_bundle(folder / "round.zip", tell_round(), log)) as bundle:
        claims = judge(bundle.round, fold(bundle, read_register(bundle)), [rule])
        return next(claim for claim in claims if claim.code == CODE)


def test_an_answer_that_stays_is_found_where_it_was_mended(tmp_path: Path) -> None:
    log = tell(sealed=("form",), form=OTHER)
    found = find(tmp_path, log)
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "kept-answer-mended")
    assert found.point == f"{f.ROUND}#{place(log, MENDED)}"
    english, chinese = (say_finding(found, language) for language in ("en", "zh"))
    assert english == "Mending changed an answer that stays by the form: The application as one text."
    assert chinese == "补正更改了表单规定保持不变的答案：申报书全文。"
    assert "stays in mending by its form" in say_claim(found, "en")
    assert "补正时保持不变的答案" in say_claim(found, "zh")


def test_the_same_text_stored_anew_and_an_answer_that_does_not_stay_are_none(tmp_path: Path) -> None:
    for log, kept in (
        (tell(sealed=("form",)), CHANGED),
        (tell(sealed=("form",), form=OTHER), {**CHANGED, "other-plan": FORM}),
        (tell(sealed=(), form=OTHER), CHANGED),
    ):
        found = find(tmp_path, log, kept)
        assert (found.verdict, found.counted) == (Verdict.PROVEN, 1)


def test_what_the_bundle_does_not_hold_is_not_looked_at(tmp_path: Path) -> None:
    log = tell(sealed=("form",), form=OTHER)
    for kept in ({}, {"other-plan": CHANGED["other-plan"]}, HONEST | {"*": "no answers"}):
        assert find(tmp_path, log, kept).verdict is Verdict.PROVEN


@pytest.mark.parametrize("kept", [HONEST, {}])
def test_what_the_entry_states_is_compared_whatever_is_held(tmp_path: Path, kept: dict[str, str]) -> None:
    assert find(tmp_path, tell(sealed=("staff",), staff=30), kept).verdict is Verdict.PROVEN
    found = find(tmp_path, tell(sealed=("staff",), staff=31), kept)
    assert (found.finding, found.params["question_zh"]) == ("kept-answer-mended", "人员数")


def test_the_form_of_the_version_itself_counts_and_none_that_came_since(tmp_path: Path) -> None:
    freed = tell(sealed=("form",), amended=(), form=OTHER)
    assert find(tmp_path, freed).finding == "kept-answer-mended"
    bound = tell(sealed=(), amended=("form",), form=OTHER)
    assert find(tmp_path, bound).verdict is Verdict.PROVEN
    for sealed, amended, finding in ((("form",), (), ""), ((), ("form",), "kept-answer-mended")):
        log = tell(sealed=sealed, amended=amended, form=OTHER, form_version="one-text-2")
        at = place(log, "application.submitted.v1", "0006")
        log = with_data(log, at, submission={**log[at].data["submission"], "form_version": "one-text-2"})
        assert find(tmp_path, log).finding == finding


@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        ({"one": "1", "two": "2"}, Verdict.REFUTED),
        ({"one": "1", "two": "1"}, Verdict.PROVEN),
        ({"one": "1"}, Verdict.PROVEN),
        ({"two": "2"}, Verdict.PROVEN),
    ],
)
def test_files_are_compared_by_their_bytes_where_both_are_held(
    tmp_path: Path, held: dict[str, str], verdict: Verdict
) -> None:
    log = tell(sealed=("seals",), seals={"id": "two", "sha256": "2" * 64})
    at = place(log, "application.submitted.v1", "0006")
    log = with_data(
        log, at, submission={**log[at].data["submission"], "seals": {"id": "one", "sha256": "1" * 64}}
    )
    assert find(tmp_path, log, held).verdict is verdict


def test_a_verification_of_a_whole_bundle_has_the_claim(tmp_path: Path) -> None:
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round())) as bundle:
        [found] = [claim for claim in outcome_claims(bundle) if claim.code == CODE]
    assert (found.verdict, found.counted) == (Verdict.PROVEN, 1)
