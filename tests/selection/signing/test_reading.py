"""Whoever wants to read answers a question that counts once, with a key of theirs; nothing else lets them in."""

import json
from datetime import timedelta
from typing import Any

import pytest

from selection.kernel.proof import Assurance, Proof
from selection.refusals.refused import Refused
from selection.signing.check import Signing, check_signatures
from selection.signing.key import Founded, Key
from selection.signing.reading import COUNTS_FOR, Question, ReadProof, answer, check_answer, read_statement
from selection.signing.refusals import SIGNING
from selection.signing.signing_key import SigningKey
from selection.signing.statement import Intent, message_of, statement_of
from tests import factories as f
from tests.desk import REACHED
from tests.selection.signing.keys import HOUR, INSTALLATION, Authenticator, draft_proof, software

MINE, ANOTHERS = software(1), software(2)
SESSION = software(4, level="session", expires=f.OPENED + 2 * HOUR)
HERE = Founded(installation=INSTALLATION, local=False)
NOW = f.OPENED + timedelta(minutes=1)
ASKED = Question(
    installation=INSTALLATION, challenge="ab" * 32, issued=f.OPENED, expires=f.OPENED + COUNTS_FOR
)


def check(proof: ReadProof, *, key: Key | None = MINE.key, **changes: Any) -> None:
    told = {"asked": ASKED, "founded": HERE, "at": NOW}
    check_answer(proof, key=key, **{**told, **changes})


def code(*args: Any, **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        check(*args, **told)
    assert refused.value.code in SIGNING
    REACHED["refusal"][refused.value.code] += 1
    return refused.value.code


def answer_as(key: SigningKey = MINE, person: str = "expert-1", **changes: object) -> ReadProof:
    return answer(key, person, ASKED.with_(**changes))


def test_the_statement_says_what_for_who_with_which_key_and_in_answer_to_what() -> None:
    issued, expires = (at.isoformat().replace("+00:00", "Z") for at in (ASKED.issued, ASKED.expires))
    assert read_statement("expert-1", MINE.key.key, ASKED).decode() == (
        f'{{"challenge":"{"ab" * 32}","expires":"{expires}","installation":"installation-1","issued":"{issued}",'
        f'"key":"{MINE.key.key}","person":"expert-1","purpose":"read","version":1}}'
    )


def test_ones_own_key_and_a_sessions_let_one_in() -> None:
    check(answer_as())
    check(answer_as(SESSION), key=SESSION.key)


def test_a_key_that_is_not_enrolled_revoked_or_has_run_out_lets_nobody_in() -> None:
    assert code(answer_as(), key=None) == "signature-key"
    late = ASKED.with_(issued=f.OPENED + 2 * HOUR, expires=f.OPENED + 3 * HOUR)
    told = {"key": SESSION.key, "asked": late, "at": f.OPENED + 2 * HOUR}
    assert code(answer(SESSION, "expert-1", late), **told) == "signature-key"


def test_a_signature_of_another_key_under_the_name_of_ones_own_lets_nobody_in() -> None:
    forged = ANOTHERS.sign(read_statement("expert-1", MINE.key.key, ASKED))
    forged = forged.model_copy(update={"key": MINE.key.key})
    assert code(ReadProof(person="expert-1", question=ASKED, signature=forged)) == "signature-wrong"


def test_an_answer_is_its_persons_alone() -> None:
    assert code(answer_as().with_(person="expert-2")) == "signature-wrong"


@pytest.mark.parametrize("asked", [None, ASKED.with_(challenge="cd" * 32), ASKED.with_(issued=NOW)])
def test_an_answer_counts_for_the_question_that_waits(asked: Question | None) -> None:
    assert code(answer_as(), asked=asked) == "question-answered"


def test_an_answer_counts_for_its_minutes() -> None:
    assert code(answer_as(), at=ASKED.expires) == "signature-expired"
    assert code(answer_as(), at=f.OPENED - timedelta(seconds=1)) == "signature-expired"
    check(answer_as(), at=ASKED.expires - timedelta(seconds=1))


def test_an_answer_counts_on_its_own_installation() -> None:
    there = ASKED.with_(installation="installation-2")
    assert code(answer(MINE, "expert-1", there), asked=there) == "signature-elsewhere"
    assert code(answer_as(), founded=Founded(installation="installation-2", local=False)) == (
        "signature-elsewhere"
    )


INTENT = Intent(
    stream=f"application/{f.ROUND}/0001",
    command_id="id-1",
    person="expert-1",
    role="expert",
    digest="ab" * 32,
)


def test_a_signature_of_an_act_lets_nobody_read() -> None:
    for proof in (MINE.prove(INTENT, draft_proof()), *MINE.prove_all([(INTENT, draft_proof())] * 2)):
        stolen = ReadProof(person="expert-1", question=ASKED, signature=proof.signature)
        assert code(stolen) == "signature-wrong"


def test_a_signature_for_reading_is_no_act() -> None:
    proof: Proof = draft_proof().model_copy(update={"signature": answer_as().signature})
    against = Signing(HERE, {"expert-1": (MINE.key,)}, f.TERMS.rules_hash, NOW)
    with pytest.raises(Refused, match="signature-wrong"):
        check_signatures(INTENT, proof, None, Assurance.SESSION, against)


def test_no_bytes_are_a_statement_of_both() -> None:
    reading = json.loads(read_statement("expert-1", MINE.key.key, ASKED))
    alone, (first, _) = statement_of(INTENT, draft_proof()), MINE.prove_all([(INTENT, draft_proof())] * 2)
    assert all("purpose" not in json.loads(told) for told in (alone, message_of(INTENT, first)))
    assert not {"stream", "digest", "acts", "root"} & reading.keys()


def test_a_passkey_answers_with_its_person_verified_on_the_sites_own_page() -> None:
    passkey = Authenticator()
    message = read_statement("expert-1", passkey.key.key, ASKED)
    check(ReadProof(person="expert-1", question=ASKED, signature=passkey.sign(message)), key=passkey.key)
    elsewhere = Authenticator(origin="http://127.0.0.1:8000", private=passkey.private)
    stolen = ReadProof(person="expert-1", question=ASKED, signature=elsewhere.sign(message))
    assert code(stolen, key=passkey.key) == "signature-wrong"
