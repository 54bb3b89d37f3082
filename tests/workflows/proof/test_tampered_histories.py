"""A real round's bundle, with its histories, tampered with by seeds: whatever is untrue in them is found."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from audit.bundle.layout import content_of
from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.log.verification import Outside
from audit.report.report import Report
from audit.report.sentences import say_overall
from audit.verify import verify
from ledger.database.store import AUDITOR_ROLE
from ledger.record import Ledger
from reading.errors import ReadFailed
from runtime.endpoints import Endpoints
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.databases import drop_database
from tests.run_properties import Tell
from tests.tamper.hands import HISTORY_CASES, KEY, Case
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts
from tests.workflows.support import superuser
from tests.workflows.support.installation import copy_database, installation
from tests.workflows.support.issued_round import export, issue, sign

REDACTED = "redacted.zip"
LATE = timedelta(minutes=15)
"""What the audit lists an act for, written down again."""


class IssuedRound(NamedTuple):
    """Where the bundle and the database lie of a round of two applications, led to its issued list.

    Beside the bundle lies a redacted one.
    """

    bundle: Path
    url: str


async def _make(servers: Endpoints, path: Path) -> IssuedRound:
    async with installation(servers, keep=True) as place, place.worker():
        await place.open_round()
        await issue(place)
        await sign(place)
        await export(place.auditor, path.with_name(REDACTED), redacted=True)
        return IssuedRound(await export(place.auditor, path), place.ends.database_url)


@pytest.fixture(scope="module")
def issued_round(servers: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IssuedRound]:
    made = asyncio.run(_make(servers, tmp_path_factory.mktemp("issued") / "round.zip"))
    yield made
    asyncio.run(drop_database(made.url))


@pytest.fixture(scope="module")
def bundle(issued_round: IssuedRound) -> Path:
    """What an auditor gets of the round."""
    return issued_round.bundle


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    made = Judge(tmp_path_factory.mktemp("judged"), histories=True)
    yield made
    made.close()


NOBODY_SIGNS = {"acts-signed"}
"""What alone can't be proven of a local installation."""


def _list_unproven(report: Report) -> set[str]:
    return {claim.code for claim in report.claims if claim.verdict is not Verdict.PROVEN}


def test_the_judge_says_what_a_verification_says(bundle: Path, judge: Judge) -> None:
    outside = Outside(key=KEY)
    report = verify(bundle, outside)
    assert _list_unproven(report) == NOBODY_SIGNS
    whole = Parts.of(bundle)
    assert judge.report(whole, outside).claims == report.claims
    case = next(case for case in HISTORY_CASES if case.kind == "act removed")
    parts = case.tamper(whole, 1)
    assert parts is not None
    assert (
        judge.report(parts, outside).claims == verify(parts.write(bundle.with_name("t.zip")), outside).claims
    )


READING = {"answers-fit-form", "similar-in-view"}
"""The claims that read what the applications of this round say."""


@pytest.mark.parametrize("redacted", [False, True])
def test_a_bundle_is_proven_redacted_or_not_and_says_what_it_does_not_claim(
    bundle: Path, redacted: bool
) -> None:
    path = bundle.with_name(REDACTED) if redacted else bundle
    report = verify(path, Outside(key=KEY))
    withheld = {"contents-present", *READING} if redacted else set()
    assert (_list_unproven(report), report.redacted) == (NOBODY_SIGNS | withheld, redacted)
    if redacted:
        assert report.missing is not None
        # A redacted bundle lacks nothing of what one holds, so that it does not read as one that somebody plundered.
        assert report.missing.params == {"counted": "34", "public": "0"}
    with Bundle(path) as opened:
        assert (opened.content("reason") is None) is redacted
        leaves = [Leaf.model_validate_json(body) for body in opened.entries(f.ROUND)]
    listed = {(item.code, item.subject): item.counted for item in report.listed}
    registered = listed.pop(("not-by-workflow", "person.registered.v1 (register)"))
    assert registered == len(f.people())
    assert listed.pop(("not-by-workflow", "installation.founded.v1 (register)")) == 1
    # Tests move the record's clock for all and Temporal's for some: the round's own acts then look as if they waited.
    waited = [
        f"{f.ROUND}#{seq}"
        for seq, leaf in enumerate(leaves)
        if leaf.recorded - leaf.at > LATE and not leaf.data["command_id"].startswith("deadline/")
    ]
    assert waited == [subject for code, subject in listed if code == "recorded-late"]
    assert listed.pop(("deadlines-settled-late", f.ROUND)) == 5
    for point in waited:
        del listed["recorded-late", point]
    (opened_by,) = [subject for code, subject in listed if code == "draw-opened"]
    assert opened_by.startswith("main (lottery ")
    del listed["draw-opened", opened_by]
    assert listed == {
        ("no-outside-checkpoint", f.ROUND): 0,
        **({("answers-withheld", f.ROUND): 10} if redacted else {}),
        ("not-by-workflow", "histories.archived.v1 (auditor)"): 1,
        ("not-by-workflow", "person.erased.v1 (register)"): 1,
    }


def test_a_redacted_bundle_without_what_proves_its_draw_is_one_that_somebody_plundered(
    bundle: Path, judge: Judge
) -> None:
    whole = Parts.of(bundle.with_name(REDACTED))
    files = {name: body for name, body in whole.files.items() if name != whole.contents[0]}
    report = judge.report(Parts(whole.round, files).fit(), Outside(key=KEY))
    assert report.missing is not None
    assert report.missing.params == {"counted": "35", "public": "1"}
    said = {lang: say_overall(report, lang) for lang in ("en", "zh")}
    assert (said["en"][:52], said["zh"][:12]) == (
        "Nothing was refuted, but 35 contents are missing fro",
        "未发现不符，但证明包缺少",
    )


def test_a_claim_that_needs_a_text_which_was_taken_out_is_not_provable(bundle: Path, judge: Judge) -> None:
    whole = Parts.of(bundle)
    with Bundle(bundle) as opened:
        leaves = [Leaf.model_validate_json(body) for body in opened.entries(f.ROUND)]
    review = next(leaf for leaf in leaves if leaf.type == "review.submitted.v1")
    text = content_of(review.data["form"]["answers"]["id"])
    files = {name: body for name, body in whole.files.items() if name != text}
    report = judge.report(Parts(whole.round, files).fit(), Outside(key=KEY))
    open_ = {claim.code: (claim.finding, claim.point) for claim in report.claims if claim.verdict != "proven"}
    assert set(open_) == NOBODY_SIGNS | {"contents-present", "answers-fit-form"}
    assert open_["answers-fit-form"] == ("content-not-held", text)


@pytest.mark.parametrize("case", HISTORY_CASES, ids=lambda case: f"{case.id} {case.hand}")
def test_all_is_found(bundle: Path, judge: Judge, case: Case, record_property: Tell) -> None:
    judge.all_found(case, [Parts.of(bundle)], record_property)


FOUND = {
    "entry changed": "second-2024#20",
    "entry deleted": "second-2024#20",
    "entry inserted": "second-2024#20",
    "entries swapped": "second-2024#20",
    "person changed": "installation#0",
    "checkpoint changed": "second-2024#20",
    "content changed": "contents/draw-inputs-",
    "history changed": "histories/application%2Fsecond-2024%2F0001/",
}
"""The point that is named: a checkpoint every twenty entries says between which of them the rows differ."""
REFUSED = {"last checkpoint deleted": "no-checkpoint", "put back": "not-archived"}
"""What is not even exported any more."""


@pytest.mark.parametrize("change", superuser.CHANGES)
async def test_what_a_superuser_changes_is_found_in_what_is_exported_then(
    issued_round: IssuedRound, tmp_path: Path, change: str
) -> None:
    kept = str(conninfo_to_dict(issued_round.url)["dbname"])
    elsewhere = make_conninfo(issued_round.url, dbname="postgres")
    url = await copy_database(elsewhere, f"{kept} {change}", kept)
    await superuser.tamper(url, *superuser.CHANGES[change])
    ledger = await Ledger.connect(url, role=AUDITOR_ROLE, size=1)
    try:
        if change in REFUSED:
            with pytest.raises(ReadFailed, match=REFUSED[change]):
                await export(ledger, tmp_path / "round.zip")
        else:
            await export(ledger, tmp_path / "round.zip")
            report = await asyncio.to_thread(verify, tmp_path / "round.zip", Outside(key=KEY))
            named = report.first_difference
            assert named is not None
            assert named.point.startswith(FOUND[change])
    finally:
        await ledger.close()
