"""A form that changed out of its time, with another map, or without telling those who filled it in, is found."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Claim, Verdict
from audit.rules.fold import fold
from audit.rules.forms.amendments import CODE, FormsAmended
from audit.rules.rule_runner import judge
from selection.forms.form import Form
from selection.forms.one_text import ONE_TEXT
from selection.kernel.canonical import canonical_bytes, sha256_hex
from tests import factories as f
from tests.audit.rules.test_form_answers import HONEST, BundleContents
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    claim_of,
    drop,
    later,
    move,
    place,
    point,
    with_data,
)
from tests.bundling import write_bundle
from tests.round_story import tell_round

pytestmark = pytest.mark.long

AMENDED, TOLD, FINISHED = "round.form-amended.v1", "application.form-changed.v1", "round.batch-finished.v1"
NEW = f.change_form(ONE_TEXT)


def redefine(new: Form) -> dict[str, Any]:
    """What an entry says of a form that is put in the place of the built-in one, with a whole map."""
    command = f.amend_form(ONE_TEXT, new).model_dump(mode="json")
    return {
        "form_version": new.version,
        **{name: command[name] for name in ("definition", "form_hash", "by")},
    }


def narrow_form() -> Form:
    data = NEW.model_dump(mode="json")
    fields = [
        {**field, "schemes": ["uscc"]} if field["code"] == "host" else field
        for field in data["sections"][0]["fields"]
    ]
    return Form.model_validate({**data, "sections": [{**data["sections"][0], "fields": fields}]})


def change(**data: Any) -> Change:
    def tamper(log: Log) -> Tampered:
        at = place(log, AMENDED)
        return with_data(log, at, **data), at

    return tamper


def tell_otherwise(**data: Any) -> Change:
    def tamper(log: Log) -> Tampered:
        at = place(log, TOLD, "0003")
        return with_data(log, at, **data), at

    return tamper


def _map(**fields: Any) -> dict[str, Any]:
    by = f.amend_form(ONE_TEXT, NEW).by.model_dump(mode="json")
    return {
        **by,
        "fields": {code: target for code, target in {**by["fields"], **fields}.items() if target is not None},
    }


def _before_the_deadline(log: Log) -> Tampered:
    at = place(log, AMENDED)
    return later(log, at, f.deadline("submission") - timedelta(days=3) - log[at].at), at


def _twice(log: Log) -> Tampered:
    at = place(log, TOLD, "0003")
    again = move([*log[: at + 1], log[at], *log[at + 1 :]], at, at)
    return again, at + 1


def _untold(log: Log) -> Tampered:
    at = place(log, TOLD, "0003")
    less = drop(log, at)
    return less, place(less, FINISHED, batch="amend-application/1")


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        (change(form_hash="0" * 64), "amendment-hash"),
        (change(number=2), "amendment-unfounded"),
        (change(was="another"), "amendment-unfounded"),
        (change(form_version="another"), "amendment-unfounded"),
        (change(**redefine(f.change_form(ONE_TEXT, "one-text"))), "amendment-unfounded"),
        (change(**redefine(narrow_form())), "map-unfit"),
        (change(by=_map(form=None)), "map-unfit"),
        (change(by=_map(form="")), "map-unfit"),
        (change(by={**_map(), "added": []}), "map-unfit"),
        (change(until=None), "amendment-too-late"),
        (_before_the_deadline, "amendment-too-late"),
        (_twice, "amendment-unfounded"),
        (tell_otherwise(form_version="one-text"), "amendment-unfounded"),
        (tell_otherwise(amendment=2), "amendment-unfounded"),
        (tell_otherwise(changed=[]), "look-again-differs"),
        (tell_otherwise(people=[]), "look-again-differs"),
        (tell_otherwise(people=["host-0002"]), "look-again-differs"),
        (tell_otherwise(unfit=[]), "look-again-differs"),
        (tell_otherwise(until=None), "look-again-differs"),
        (_untold, "amendment-untold"),
    ],
)
def test_what_was_changed_is_found_where_it_stands(tmp_path: Path, changed: Change, finding: str) -> None:
    log, at = changed(tell_round().log)
    claim = judge_answers(tmp_path, log, BundleContents({}))
    assert (claim.verdict, claim.point, claim.finding) == (Verdict.REFUTED, point(at), finding)


def test_a_change_that_was_made_up_or_struck_out_does_not_agree_with_what_was_filled_in(
    tmp_path: Path,
) -> None:
    log = tell_round().log
    struck = [place(log, AMENDED), *(at for at, leaf in enumerate(log) if leaf.type == TOLD)]
    struck.append(place(log, FINISHED, batch="amend-application/1"))
    less = drop(log, *struck)
    found = claim_of(tmp_path, "answers-fit-form", less)
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "other-form-named")
    assert found.point == point(place(less, "application.submitted.v1", "0008", 1))


def judge_answers(folder: Path, log: Log, kept: BundleContents) -> Claim:
    """The claim where the bundle holds these answers."""
    with Bundle(write_bundle(folder / "round.zip", tell_round(), log)) as bundle:
        claims = judge(bundle.round, fold(bundle, read_register(bundle)), [FormsAmended(kept)])
        [claim] = [claim for claim in claims if claim.code == CODE]
    return claim


def test_who_must_look_again_is_found_by_the_answers_as_far_as_they_are_held(tmp_path: Path) -> None:
    log = tell_round().log
    assert judge_answers(tmp_path, log, BundleContents(HONEST)).verdict is Verdict.PROVEN
    nobody, at = tell_otherwise(people=[], faults_count=0, unfit=[])(log)
    found = judge_answers(tmp_path, nobody, BundleContents(HONEST))
    assert (found.point, found.finding) == (point(at), "look-again-differs")
    assert judge_answers(tmp_path, nobody, BundleContents({})).verdict is Verdict.PROVEN


def test_nobody_is_asked_for_what_fits(tmp_path: Path) -> None:
    optional = redefine(f.change_form(ONE_TEXT, required=False))
    log = with_data(tell_round().log, place(tell_round().log, AMENDED), **optional)
    found = judge_answers(tmp_path, log, BundleContents(HONEST))
    assert (found.point, found.finding) == (point(place(log, TOLD)), "look-again-differs")
    assert sha256_hex(canonical_bytes(optional["definition"])) == optional["form_hash"]
