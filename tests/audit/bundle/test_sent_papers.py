"""Papers that left: the record held what each says by then, or the claim names the entry that let it leave."""

import base64
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from audit.bundle.layout import RULES, KeptContent, content_of
from audit.bundle.reader import Bundle
from audit.bundle.sent_papers import SentPapers
from audit.bundle.writer import BundleWriter
from audit.claims import Claim, Verdict
from selection.application import commands as c
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.register.events import PapersRecorded
from selection.register.sent_papers import SentPaper, SentPapers as Listed
from tests import factories as f
from tests.desk import pause_counting
from tests.round_story import tell_round
from tests.selection.reversing.reversals import OTHER, agree, know_list, know_round, standing

LATE, HOUR = timedelta(days=9999), timedelta(hours=1)
SALT, LIST = b"s" * 16, "papers-1"
ISSUED, NOTICED = "round.list-issued.v1", "round.notice-opened.v1"


def paper(kind: str, application: str = "") -> SentPaper:
    return SentPaper(kind=kind, application=application, language="both", sha256="0" * 64)


def listing(*papers: SentPaper) -> bytes:
    return Listed(papers=papers).text().encode()


def number_of(kind: str) -> str:
    """An application that an entry of this type is about."""
    return next(leaf.stream for leaf in tell_round().log if leaf.type == kind).rpartition("/")[2]


def judge(
    path: Path,
    body: bytes | None,
    *,
    before: str = "",
    round_id: str = f.ROUND,
    log: Sequence[Leaf] | None = None,
    late: timedelta = LATE,
) -> tuple[Claim, SentPapers]:
    """The claim over a round whose papers left at its end, or just before its first entry of a type."""
    log = log or tell_round().log
    at = next((leaf.recorded for leaf in log if leaf.type == before), log[-1].recorded + late)
    ref = Ref(id=LIST, sha256=sha256(SALT + (body or b"")).hexdigest())
    event = PapersRecorded(round=round_id, papers=ref)
    left = Leaf(
        type=event.TYPE,
        stream="installation",
        version=2,
        actor=f.OFFICER,
        at=at,
        recorded=at - timedelta(microseconds=1),
        rules="",
        register_size=1,
        data={**event.model_dump(mode="json"), "command_id": "left"},
    )
    with Bundle(write(path, body)) as bundle:
        papers = SentPapers(bundle)
        papers.see(1, left, b"")
        for seq, leaf in enumerate(log):
            papers.see(seq, leaf, b"")
        [claim] = papers.claims()
    return claim, papers


@cache
def tell_undone() -> tuple[Leaf, ...]:
    """An application that failed its check twice, two hours after two posts undid the first time."""
    with pause_counting():
        desk = know_round(standing(Stage.CHECKING))
        failed = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
        desk.act(failed, f.OFFICER)
        desk.wait(desk.now + 2 * HOUR)
        agree(desk, "check")
        desk.wait(desk.now + 2 * HOUR)
        know_list(desk).act(failed, OTHER)
        return tuple(desk.leaves)


FAILED, UNDONE = "application.check-failed.v1", "decision.reversed.v1"
AGAIN = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("end", "overtaken", "until", "late", "finding"),
    [
        # While it stands, and as soon as it is undone, of what the page showed before.
        (0, False, FAILED, HOUR, ""),
        (0, False, UNDONE, AGAIN, ""),
        # Undone, and not decided again; and after that.
        (0, False, UNDONE, 2 * HOUR, "paper-overtaken"),
        (0, True, UNDONE, AGAIN, ""),
        (0, False, "", AGAIN, "paper-overtaken"),
        (0, True, "", AGAIN, ""),
        # The present one is none of these, and was not there before.
        (1, False, "", AGAIN, ""),
        (1, True, "", AGAIN, "paper-not-overtaken"),
        (1, False, UNDONE, AGAIN, "paper-unfounded"),
        (0, True, FAILED, AGAIN, "paper-not-overtaken"),
        # A list that names no end may tell of any that was there by then, and not before there was one.
        (None, False, FAILED, HOUR, ""),
        (None, False, UNDONE, 2 * HOUR, ""),
        (None, False, "", AGAIN, ""),
        (7, False, "", AGAIN, "paper-unfounded"),
    ],
)
def test_a_letter_on_an_outcome_that_was_undone_says_so(
    tmp_path: Path, end: int | None, overtaken: bool, until: str, late: timedelta, finding: str
) -> None:
    log = tell_undone()
    ends = [leaf.version for leaf in log if leaf.type == FAILED]
    version = 0 if end is None else ends[end] if end < len(ends) else 999
    letter = paper("letter", "0001").with_(ended=version, overtaken=overtaken)
    last = next((at for at, leaf in enumerate(log, start=1) if leaf.type == until), len(log))
    claim, _ = judge(tmp_path, listing(letter), log=log[:last], late=late)
    assert claim.finding == finding
    assert claim.verdict is (Verdict.REFUTED if finding else Verdict.PROVEN)


def write(path: Path, body: bytes | None) -> Path:
    with BundleWriter(path / "round.zip", engine="0", round_id=f.ROUND, redacted=body is None) as bundle:
        bundle.add(RULES, [canonical_bytes(tell_round().rules)])
        if body is not None:
            salt, content = (base64.b64encode(part).decode() for part in (SALT, body))
            digest = sha256(SALT + body).hexdigest()
            kept = KeptContent(id=LIST, sha256=digest, salt=salt, media_type="text/plain", content=content)
            bundle.add(content_of(LIST), [canonical_bytes(kept)])
    return path / "round.zip"


def test_what_the_record_bears_out_is_proven_paper_by_paper(tmp_path: Path) -> None:
    listed = number_of("application.listed.v1")
    papers = [paper("list"), paper("notice"), paper("letter", listed), paper("certificate", listed)]
    papers += [paper("letter", number_of("application.check-failed.v1"))]
    claim, _ = judge(tmp_path, listing(*papers))
    assert (claim.verdict, claim.counted) == (Verdict.PROVEN, len(papers))


@pytest.mark.parametrize(
    ("kind", "of", "before"),
    [
        ("certificate", "application.check-failed.v1", ""),
        ("certificate", "application.listed.v1", "application.listed.v1"),
        ("letter", "application.check-failed.v1", "application.check-failed.v1"),
        ("list", "", ISSUED),
        ("notice", "", NOTICED),
        ("opinions", "application.listed.v1", ""),
    ],
)
def test_a_paper_that_rests_on_nothing_is_found(tmp_path: Path, kind: str, of: str, before: str) -> None:
    number = number_of(of) if of else ""
    claim, _ = judge(tmp_path, listing(paper(kind, number)), before=before)
    assert (claim.verdict, claim.finding, claim.point) == (
        Verdict.REFUTED,
        "paper-unfounded",
        "installation#1",
    )
    assert claim.params == {"kind": kind, "application": number}


def test_a_certificate_of_no_application_is_found(tmp_path: Path) -> None:
    assert judge(tmp_path, listing(paper("certificate", "9999")))[0].finding == "paper-unfounded"


@pytest.mark.parametrize("body", [b"", b"{}", b'{"papers":7}', b'{"papers":[7]}', b"[" * 100_000, b"\xff"])
def test_a_list_that_is_none_is_found(tmp_path: Path, body: bytes) -> None:
    assert judge(tmp_path, body)[0].finding == "papers-unreadable"


def test_a_list_that_the_bundle_lacks_is_counted_and_another_rounds_is_none_of_this(tmp_path: Path) -> None:
    claim, papers = judge(tmp_path, None)
    assert (claim.verdict, claim.counted, papers.withheld) == (Verdict.PROVEN, 0, 1)
    claim, papers = judge(tmp_path, None, round_id="another")
    assert (claim.verdict, claim.counted, papers.withheld) == (Verdict.PROVEN, 0, 0)
