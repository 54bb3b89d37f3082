"""Another implementation holds the installation's log against docs/format.md, "Register", entry by entry."""

from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from audit.bundle.register import LOG
from audit.claims import Verdict
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Leaf
from selection.register import key_commands as kc, key_events as k
from selection.signing.one_time_code import code_of, known_by, token_of
from selection.signing.possession import enrol
from tests import factories as f
from tests.audit.support.independent import found_in
from tests.audit.support.register import claim_about, slipped_in
from tests.round_story import told_signed
from tests.signatures import INSTALLATION, Signatures

pytestmark = pytest.mark.repo

PEOPLE = Signatures()
ADMIN, OFFICER = f.actor("admin-1"), f.actor("officer-1")
INSTANT = timedelta(microseconds=1)
FOUNDINGS, ANOTHER = code_of(sha256(INSTALLATION.encode()).digest()), code_of(bytes(range(26, 52)))


# --- the code of the very first key ----------------------------------------------------------------------------------


@cache
def founding() -> Leaf:
    return told_signed().installation[0]


def renewed(late: timedelta = timedelta(), actor: Actor = SYSTEM, **changes: Any) -> Leaf:
    """Another first code, from when the one of the founding ran out."""
    at = founding().at + timedelta(days=14) + late
    known = known_by(ANOTHER, INSTALLATION)
    event = k.CodeRenewed(code=known, until=at + timedelta(days=14))
    told = {**event.model_dump(mode="json"), "command_id": "renewal", **changes}
    return founding().with_(
        type=k.CodeRenewed.TYPE, version=2, actor=actor, at=at, recorded=at, register_size=1, data=told
    )


def first_key(code: str, *before: Leaf, at: timedelta = timedelta()) -> list[Leaf]:
    """The log with a key after it that its person enrols by a code."""
    enrolment = enrol(PEOPLE.own("admin-1"), "admin-1", INSTALLATION)
    command = kc.EnrolKey(keys=(enrolment,), token=token_of(code, enrolment, INSTALLATION))
    later = [*before[:-1], before[-1].with_(recorded=before[-1].recorded + at)]
    event = k.KeyEnrolled(person="admin-1", key=PEOPLE.own("admin-1").key, by="admin-1")
    made = slipped_in(later, PEOPLE, command, ADMIN, event)
    return [*before, made[-1]]


def test_a_code_that_was_made_anew_enrols_the_very_first_key() -> None:
    for made in (
        first_key(ANOTHER, founding(), renewed()),
        first_key(ANOTHER, founding(), renewed(), at=timedelta(days=14) - INSTANT),
    ):
        assert (found_in(made), claim_about(made).verdict) == ("", Verdict.PROVEN)


def _signed_renewal() -> Leaf:
    """A renewal that a person signs."""
    told = renewed()
    event = k.CodeRenewed(code=told.data["code"], until=told.at + timedelta(days=14))
    by = [founding().with_(recorded=told.at)]
    return slipped_in(by, PEOPLE, kc.RenewCode(code=event.code), ADMIN, event)[-1]


FORGED_CODES = {
    "while the founding's counts": ([renewed(-INSTANT)], "a code before the former ran out"),
    "while the last one counts": (
        [renewed(), renewed(timedelta(days=14) - INSTANT).with_(version=3, register_size=2)],
        "a code before the former ran out",
    ),
    "by a person's word": ([renewed(actor=ADMIN.with_(authority="local"))], "a code not by the engine"),
    "by an administrator who signs": ([_signed_renewal()], "a code not by the engine"),
    "by the engine, with a reason": (
        [renewed(actor=SYSTEM.with_(reason=f.ref("why")))],
        "a code not by the engine",
    ),
    "that counts for years": (
        [renewed(until=(founding().at + timedelta(days=999)).isoformat())],
        "a code that lasts otherwise",
    ),
    "that never ends": ([renewed(until=None)], "a code without an end"),
}


@pytest.mark.parametrize("name", FORGED_CODES)
def test_no_code_is_made_anew(name: str) -> None:
    entries, finding = FORGED_CODES[name]
    made = first_key(ANOTHER, founding(), *entries)
    assert found_in(made) == f"{LOG}#{len(entries)}: {finding}"
    assert claim_about(made).verdict is Verdict.REFUTED


def test_no_code_is_made_anew_once_there_is_a_key_or_where_none_is_asked_for() -> None:
    own = told_signed().installation[:2]
    later = renewed().with_(version=3, register_size=2)
    assert found_in([*own, later]) == f"{LOG}#2: a code for the first key, which there is"
    local = founding().with_(data={**founding().data, "local": True, "code": "", "until": None})
    assert found_in([local, renewed()]) == f"{LOG}#1: a code where none is asked for"


def test_a_code_that_ran_out_enrols_no_key() -> None:
    for made in (
        first_key(ANOTHER, founding(), renewed(), at=timedelta(days=14)),
        first_key(FOUNDINGS, founding(), at=timedelta(days=14)),
    ):
        assert found_in(made) == f"{LOG}#{len(made) - 1}: a code that ran out"
        assert claim_about(made).verdict is Verdict.REFUTED
