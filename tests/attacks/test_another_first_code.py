"""Whoever holds every server key lets the founding's code run out in a rewritten log, and makes one of their own."""

from datetime import timedelta
from pathlib import Path

from audit.bundle.layout import entries_of
from audit.bundle.register import LOG, register_of
from audit.bundle.writer import BundleWriter
from audit.claims import Remark, Verdict
from audit.report.sentences import say_listed
from audit.verify import verify
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.register import key_commands as kc, key_events as k
from selection.signing.one_time_code import code_of, fingerprint_code, token_of
from selection.signing.possession import enrol
from tests import factories as f
from tests.audit.support.register import claim_about, slip_in
from tests.round_story import tell_signed_round
from tests.signatures import INSTALLATION, Signatures

PEOPLE = Signatures()
ADMIN = f.actor("admin-1")
OWN = code_of(bytes(range(26, 52)))
LASTS = timedelta(days=14)


def rewrite_founding() -> list[Leaf]:
    """The true founding, another code after it, and a first key of the insider's in the administrator's name."""
    founding = tell_signed_round().installation[0]
    at = founding.at + LASTS
    event = k.CodeRenewed(code=fingerprint_code(OWN, INSTALLATION), until=at + LASTS)
    told = {**event.model_dump(mode="json"), "command_id": "anew"}
    renewed = founding.with_(
        type=k.CodeRenewed.TYPE, version=2, at=at, recorded=at, register_size=1, data=told
    )
    enrolment = enrol(PEOPLE.own("insider"), "admin-1", INSTALLATION)
    command = kc.EnrolKey(keys=(enrolment,), token=token_of(OWN, enrolment, INSTALLATION))
    enrolled = k.KeyEnrolled(person="admin-1", key=enrolment.key, by="admin-1")
    return slip_in([founding, renewed], PEOPLE, command, ADMIN, enrolled, own="insider")


def list_remarks(path: Path, log: list[Leaf]) -> list[Remark]:
    with BundleWriter(path, engine="0", round_id=f.ROUND, redacted=False) as bundle:
        for name, leaves in ((f.ROUND, list[Leaf]()), (LOG, log)):
            bundle.add(entries_of(name), (leaf_bytes(leaf) + b"\n" for leaf in leaves))
            bundle.note_log(name, len(leaves))
    return [item for item in verify(path).listed if item.code.startswith("first-")]


def test_nothing_refutes_a_first_code_made_anew_and_the_report_lists_it(tmp_path: Path) -> None:
    made = rewrite_founding()
    assert claim_about(made).verdict is Verdict.PROVEN
    own = register_of(map(leaf_bytes, made)).keys.first
    assert own != register_of(map(leaf_bytes, tell_signed_round().installation)).keys.first
    anew = Remark(code="first-code-renewed", subject=LOG, counted=1)
    assert list_remarks(tmp_path / "anew.zip", made) == [Remark(code="first-key", subject=own), anew]
    assert "made anew 1 time, by the engine's word" in say_listed(anew, "en")


def test_where_the_foundings_code_was_used_nothing_of_the_kind_is_listed(tmp_path: Path) -> None:
    [first] = list_remarks(tmp_path / "true.zip", tell_signed_round().installation)
    assert first.code == "first-key"
