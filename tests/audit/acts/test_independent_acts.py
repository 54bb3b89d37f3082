"""Another implementation, from docs/format.md alone, takes what is signed and refuses what an insider makes of it."""

from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.decision.envelope import Envelope
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.audit.support.acts import acts_of
from tests.audit.support.independent import check, find_fault
from tests.bundling import write_bundle
from tests.chance.rounds import RandomRound
from tests.desk import pause_counting
from tests.round_story import tell_round, tell_signed_round
from tests.selection.signing.keys import Authenticator
from tests.signatures import Signatures
from tests.tamper.hands import INSIDER_CASES, Case
from tests.tamper.parts import Parts
from tests.tamper.rounds import sign_round
from tests.whole_round import WholeRound

pytestmark = pytest.mark.repo

BY_DECIDING = ("act's outcome changed", "installation founded as local")
"""What follows from an act is decided again; and that an act is unsigned is only said."""


def test_it_takes_a_round_in_which_everybody_signs(tmp_path: Path) -> None:
    code, said = check(write_bundle(tmp_path / "round.zip", tell_signed_round()))
    acts = {
        log: claim.counted
        for log, claim in acts_of(tell_signed_round().log, tell_signed_round().installation).items()
    }
    told_ = [f"{log}: {count} acts, 0 unsigned" for log, count in sorted(acts.items())]
    assert (code, said.splitlines()) == (0, told_)


def test_it_takes_nothing_of_an_installation_that_was_never_founded(tmp_path: Path) -> None:
    made = copy(tell_round())
    made.installation = [leaf.with_(version=leaf.version - 1) for leaf in made.installation[1:]]
    code, said = check(write_bundle(tmp_path / "round.zip", made))
    assert (code, "never founded" in said) == (1, True)


def test_it_takes_an_authenticator_s_signature_and_one_over_many_acts(tmp_path: Path) -> None:
    with pause_counting():
        made = RandomRound(8, 3, MixedSignatures()).run()
    assert {claim.verdict for claim in acts_of(made.log, made.installation).values()} == {Verdict.PROVEN}
    assert any(leaf.signed and leaf.signed.proof.manifest for leaf in made.log)
    code, said = check(write_bundle(tmp_path / "round.zip", made))
    assert (code, said.count(" 0 unsigned")) == (0, 2), said


class MixedSignatures(Signatures):
    """An officer signs with an authenticator, experts sign each act together with another one."""

    def own(self, person: str) -> Any:
        """A software key, or the authenticator."""
        if person == "officer-1":
            return self._known.setdefault(person, Authenticator())  # type: ignore[arg-type]
        return super().own(person)

    def sign(self, envelope: Envelope, at: datetime, **told_: Any) -> Envelope:
        """Sign, an expert's act as one of three."""
        sent, person = super().sign(envelope, at, **told_), envelope.actor.person
        if sent.proof is None or not person.startswith("expert-"):
            return sent
        others = [envelope.intent.with_(command_id=f"other-{number}") for number in range(2)]
        proofs = self.own(person).prove_all(
            [(intent, sent.proof) for intent in (others[0], envelope.intent, others[1])]
        )
        return sent.model_copy(update={"proof": proofs[1]})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return sign_round(tmp_path_factory.mktemp("round") / "round.zip", 8, 3)


@pytest.mark.parametrize(
    "case", [case for case in INSIDER_CASES if case.kind not in BY_DECIDING], ids=lambda case: case.id
)
def test_it_refuses_what_an_insider_makes(tmp_path: Path, whole: Parts, case: Case) -> None:
    parts = case.tamper(whole, 0)
    assert parts is not None
    code, said = check(parts.write(tmp_path / "tampered.zip"))
    assert code == 1, said


ORIGIN = Authenticator().origin


@pytest.mark.parametrize(
    ("portals", "fault"),
    [
        ((ORIGIN,), ""),
        (("https://new.example.org", ORIGIN), ""),
        (("http://localhost:9000",), "a page that is none of the portals"),
        (("https://localhost:8000",), "a page that is none of the portals"),
        (("https://selection.example",), "a key of another site"),
    ],
)
def test_both_compare_the_whole_origin_with_the_portals_of_the_record(
    mixed_round: WholeRound, portals: tuple[str, ...], fault: str
) -> None:
    founding, *others = mixed_round.installation
    named = founding.with_(data={**founding.data, "portals": list(portals)})
    claims = acts_of(mixed_round.log, (named, *others))
    refuted = {name for name, claim in claims.items() if claim.verdict is Verdict.REFUTED}
    # Officers confirmed keys with theirs, which made entries of the installation.
    assert refuted == ({f.ROUND, INSTALLATION} if fault else set())
    assert find_fault((named, *others), mixed_round.log).endswith(fault)
    if not fault:
        assert find_fault((named, *others), mixed_round.log) == ""


@pytest.fixture(scope="module")
def mixed_round() -> WholeRound:
    with pause_counting():
        return RandomRound(8, 3, MixedSignatures()).run()
