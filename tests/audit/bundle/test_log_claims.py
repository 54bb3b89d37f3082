"""A bundle as it was signed is proven; each change is found, and its place is named."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.sentences import CLAIMS as OF_FILES
from audit.claims import Verdict, overall
from audit.histories.workflow import CODES
from audit.log.external_checkpoints import OutsideCheckpoint
from audit.log.sentences import CLAIMS as OF_LOGS
from audit.log.verification import Outside
from audit.report.report import Report
from audit.verify import NOTHING, Effort, verify as verify_all
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.kernel.model import Ref
from selection.transparency.note import COSIGNATURE, NoteSigner
from tests import factories as f
from tests.audit.support import bundles as b

pytestmark = pytest.mark.long

WITNESS = NoteSigner("witness.example", b"w" * 32, COSIGNATURE)


def verify(path: Path, outside: Outside = NOTHING) -> Report:
    """A report of files, logs and contents alone."""
    report = verify_all(path, outside, Effort(histories=False))
    claims = tuple(claim for claim in report.claims if claim.code in {**OF_FILES, **OF_LOGS})
    return report.model_copy(update={"claims": claims, "verdict": overall(claims)})


def list_refuted(report: Report) -> dict[str, tuple[str, str]]:
    """Finding and point of each claim that is refuted."""
    return {
        claim.code: (claim.finding, claim.point)
        for claim in report.claims
        if claim.verdict is Verdict.REFUTED
    }


def list_unproven(report: Report) -> set[tuple[str, str]]:
    return {(claim.code, claim.finding) for claim in report.claims if claim.verdict is Verdict.NOT_PROVABLE}


def change_body(body: bytes, **changes: object) -> bytes:
    return canonical_bytes({**json.loads(body), **changes})


def test_what_was_signed_is_proven(tmp_path: Path) -> None:
    report = verify(b.write(tmp_path / "a.zip", b.bodies()), Outside(b.KEY))
    assert [claim for claim in report.claims if claim.verdict is not Verdict.PROVEN] == []
    assert report.verdict is Verdict.PROVEN
    assert report.counts[f"entries {b.ROUND}"] == len(b.bodies())


def test_without_a_key_from_outside_nobody_has_signed(tmp_path: Path) -> None:
    report = verify(b.write(tmp_path / "a.zip", b.bodies()))
    assert report.verdict is Verdict.NOT_PROVABLE
    assert list_unproven(report) == {("checkpoints-signed", "no-key")}


TAMPERINGS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "an entry is changed": (
        lambda bodies: [*bodies[:4], change_body(bodies[4], at="2024-07-31T16:00:01Z"), *bodies[5:]],
        "root-differs",
    ),
    "an entry is taken away": (lambda bodies: [*bodies[:4], *bodies[5:]], "entries-missing"),
    "two entries are swapped": (
        lambda bodies: [*bodies[:3], bodies[4], bodies[3], *bodies[5:]],
        "root-differs",
    ),
    "the tail is cut": (lambda bodies: bodies[:-1], "entries-missing"),
    "an entry is added": (lambda bodies: [*bodies, bodies[-1]], "entries-not-covered"),
}


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_a_log_that_was_changed_is_refuted_at_its_place(tmp_path: Path, kind: str) -> None:
    change, finding = TAMPERINGS[kind]
    genuine = b.bodies()
    signed = b.checkpoints(b.ROUND, genuine, [3, len(genuine)])
    report = verify(b.write(tmp_path / "a.zip", change(genuine), signed=signed), Outside(b.KEY))
    assert report.verdict is Verdict.REFUTED
    assert list_refuted(report)["checkpoints-consistent"][0] == finding


def test_what_another_key_signed_anew_is_refuted(tmp_path: Path) -> None:
    bodies = b.bodies()
    signed = b.checkpoints(b.ROUND, bodies, [len(bodies)], seed=b"x" * 32)
    report = verify(b.write(tmp_path / "a.zip", bodies, signed=signed), Outside(b.KEY))
    assert {code: found for code, (found, _) in list_refuted(report).items()} == {
        "checkpoints-signed": "checkpoint-not-signed"
    }


@pytest.mark.parametrize(
    ("spoil", "finding"),
    [
        (lambda body: body.replace(b'":"', b'": "', 1), "leaf-not-canonical"),
        (lambda body: b"[" * 3000, "leaf-unreadable"),
        (lambda body: b"\xff", "leaf-unreadable"),
        (lambda body: body.replace(b'"version":1', b'"version":1.0'), "leaf-unreadable"),
        (lambda body: body.replace(b'"version":1', b'"version":1,"version":1'), "leaf-not-canonical"),
        (lambda body: change_body(body, more=1), "leaf-unreadable"),
        (lambda body: change_body(body, data={}), "leaf-unreadable"),
        (lambda body: body.replace(b"Z", b"+00:00", 1), "leaf-not-canonical"),
    ],
)
def test_a_leaf_that_is_not_written_as_it_must_be_is_refuted(
    tmp_path: Path, spoil: Callable[[bytes], bytes], finding: str
) -> None:
    bodies = b.bodies()
    assert spoil(bodies[1]) != bodies[1]
    # Signed as it stands, so that nothing but the reading of the leaf can find it.
    report = verify(b.write(tmp_path / "a.zip", [bodies[0], spoil(bodies[1]), *bodies[2:]]), Outside(b.KEY))
    assert list_refuted(report) == {"entries-whole": (finding, f"{b.ROUND}#1")}
    assert list_unproven(report) == {
        (code, "entries-unreadable")
        for code in ("streams-whole", "origins-known", "times-ordered", "rules-sealed")
    }


def test_a_character_beyond_the_basic_plane_is_canonical_too(tmp_path: Path) -> None:
    told = Leaf.model_validate_json(b.bodies()[-1])
    more = told.model_copy(
        update={"version": told.version + 1, "data": {"command_id": "c", "\U0001f600": 1, "\uffee": 2}}
    )
    report = verify(b.write(tmp_path / "a.zip", [*b.bodies(), leaf_bytes(more)]), Outside(b.KEY))
    assert report.verdict is Verdict.PROVEN


def after(**changes: object) -> list[bytes]:
    """One more entry of the application, which an insider signed with the real key."""
    bodies = b.bodies()
    version = json.loads(bodies[-1])["version"] + 1
    return [*bodies, change_body(bodies[-1], **{"version": version, **changes})]


@pytest.mark.parametrize(
    ("bodies", "code", "finding"),
    [
        (after(version=9), "streams-whole", "version-skipped"),
        (after(stream=f"application/{b.ROUND}x/0001", version=1), "streams-whole", "stream-elsewhere"),
        (after(type="person.registered.v1"), "origins-known", "origin-unknown"),
        (after(type="application.dreamt.v1"), "origins-known", "origin-unknown"),
        (after(at="2024-06-30T16:00:00Z", data={"command_id": "c"}), "times-ordered", "time-backward"),
        (after(rules="0" * 64), "rules-sealed", "other-rules"),
        (after(rules=""), "rules-sealed", "other-rules"),
        (b.bodies()[len(b.bodies()) - 1 :], "rules-sealed", "other-rules"),
    ],
)
def test_what_must_hold_from_entry_to_entry(
    tmp_path: Path, bodies: list[bytes], code: str, finding: str
) -> None:
    signed = b.checkpoints(b.ROUND, bodies, [len(bodies)])
    report = verify(b.write(tmp_path / "a.zip", bodies, signed=signed), Outside(b.KEY))
    assert list_refuted(report)[code] == (finding, f"{b.ROUND}#{len(bodies) - 1}")


def test_what_a_deadline_brought_is_dated_at_the_deadline(tmp_path: Path) -> None:
    data = {"command_id": "deadline/review/9", "deadline": "2024-06-30T16:00:00Z"}
    bodies = after(at="2024-06-30T16:00:00Z", data=data)
    assert verify(b.write(tmp_path / "a.zip", bodies), Outside(b.KEY)).verdict is Verdict.PROVEN


def test_rules_beside_those_that_were_sealed_are_refuted(tmp_path: Path) -> None:
    other = canonical_bytes(f.rules(places=3))
    report = verify(b.write(tmp_path / "a.zip", b.bodies(), rules=other), Outside(b.KEY))
    assert list_refuted(report) == {"rules-sealed": ("rules-file-differs", f"{b.ROUND}#0")}


def keep_outside(bodies: list[bytes], size: int, seed: bytes = b.SEED) -> Outside:
    return Outside(b.KEY, [OutsideCheckpoint(b.note(b.ROUND, bodies, size, seed).encoded)])


def test_a_checkpoint_from_outside_shows_which_state_a_bundle_is(tmp_path: Path) -> None:
    bodies = b.bodies()
    whole = b.write(tmp_path / "whole.zip", bodies)
    assert verify(whole, keep_outside(bodies, len(bodies))).verdict is Verdict.PROVEN
    assert verify(whole, keep_outside(bodies, 2)).verdict is Verdict.PROVEN

    older = verify(b.write(tmp_path / "older.zip", bodies[:4]), keep_outside(bodies, len(bodies)))
    assert older.verdict is Verdict.NOT_PROVABLE
    assert list_unproven(older) == {("holds-outside-checkpoint", "bundle-older")}

    # Even when it was signed with the real key.
    other = [*bodies[:4], change_body(bodies[4], at="2024-08-31T16:00:00Z"), *bodies[5:]]
    rewritten = verify(b.write(tmp_path / "other.zip", other), keep_outside(bodies, len(bodies)))
    assert list_refuted(rewritten) == {"holds-outside-checkpoint": ("root-differs", f"{b.ROUND}#0")}

    forged = verify(whole, keep_outside(bodies, 2, b"x" * 32))
    assert list_unproven(forged) == {("holds-outside-checkpoint", "outside-not-signed")}


def cosign(bodies: list[bytes], sizes: list[int], spoilt: bool = False) -> list[bytes]:
    lines = []
    for line, size in zip(b.checkpoints(b.ROUND, bodies, [3, len(bodies)]), [3, len(bodies)], strict=True):
        kept = json.loads(line)
        if size in sizes:
            signed = b.note(b.ROUND, bodies, size)
            mark = WITNESS.line("other\n" if spoilt else signed.text, at=1_700_000_000)
            kept["note"] = signed.with_line(mark).encoded
        lines.append(canonical_bytes(kept) + b"\n")
    return lines


def test_a_witness_stands_for_what_it_cosigned(tmp_path: Path) -> None:
    bodies = b.bodies()
    outside = Outside(b.KEY, witnesses=(WITNESS.verifier,))

    def find(name: str, signed: list[bytes]) -> list[tuple[str, str]]:
        report = verify(b.write(tmp_path / name, bodies, signed=signed), outside)
        return [
            (claim.verdict.value, claim.finding)
            for claim in report.claims
            if claim.code == "cosigned" and claim.subject == b.ROUND
        ]

    assert find("all.zip", cosign(bodies, [len(bodies)])) == [("proven", "")]
    assert find("early.zip", cosign(bodies, [3])) == [("not-provable", "not-cosigned")]
    assert find("spoilt.zip", cosign(bodies, [3, len(bodies)], spoilt=True)) == [
        ("refuted", "cosignature-invalid")
    ]


def test_a_content_must_be_the_one_that_an_entry_refers_to(tmp_path: Path) -> None:
    kept = b.content("text-1", b"salt" * 4, b"why")
    bodies = after(data={"command_id": "c", "text": asdict(Ref(id=kept.id, sha256=kept.sha256))})
    assert (
        verify(b.write(tmp_path / "a.zip", bodies, contents=[kept]), Outside(b.KEY)).verdict is Verdict.PROVEN
    )
    other = b.content("text-1", b"salt" * 4, b"why not")
    for item, finding in (
        (other, "content-differs"),
        (other.model_copy(update={"sha256": kept.sha256}), "content-differs"),
        (b.content("text-2", b"s", b""), "content-not-referred-to"),
        (kept.model_copy(update={"salt": "%"}), "file-unreadable"),
    ):
        report = verify(b.write(tmp_path / "b.zip", bodies, contents=[item]), Outside(b.KEY))
        assert list_refuted(report)["contents-whole"][0] == finding


def commit_draw(draw: str, *ends: tuple[str, dict[str, Any]]) -> list[bytes]:
    """A commitment to a draw, and what became of it."""
    named: tuple[str, dict[str, Any]] = ("draw.committed.v1", {"source": "lottery", "issue": f"of-{draw}"})
    return [
        change_body(b.bodies()[-1], type=kind, data={"command_id": f"{kind}-{draw}", "draw": draw, **data})
        for kind, data in (named, *ends)
    ]


def test_what_no_claim_is_made_about_is_listed(tmp_path: Path) -> None:
    bodies = [
        *b.bodies(),
        *commit_draw("favourable", ("draw.voided.v1", {"expired": False})),
        *commit_draw("forgotten", ("draw.voided.v1", {"expired": True})),
        *commit_draw("main", ("draw.opened.v1", {})),
        *commit_draw("kept-back"),
    ]
    path = b.write(tmp_path / "round.zip", bodies)
    latest = OutsideCheckpoint(b.note(b.ROUND, bodies, len(bodies)).encoded)
    people = ("not-by-workflow", "person.registered.v1 (register)")
    for outside in (Outside(b.KEY), Outside(b.KEY, checkpoints=[latest])):
        report = verify_all(path, outside)
        codes = [(item.code, item.subject) for item in report.listed]
        unheld = [] if outside.checkpoints else [("no-outside-checkpoint", b.ROUND)]
        assert [item for item in codes if item[0] == "no-outside-checkpoint"] == unheld
        assert people in codes
        assert [item for item in codes if item[0].startswith("draw-")] == [
            ("draw-voided", "favourable (lottery of-favourable)"),
            ("draw-expired", "forgotten (lottery of-forgotten)"),
            ("draw-opened", "main (lottery of-main)"),
            ("draw-unopened", "kept-back (lottery of-kept-back)"),
        ]
        # Without an archived history nothing about histories is proven, nor refuted.
        told = {claim.code: claim.finding for claim in report.claims if claim.code in CODES}
        assert told == dict.fromkeys(CODES, "nothing-archived")
