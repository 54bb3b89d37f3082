"""A one-time code counts for fourteen days: of a letter, of the founding, and of what came in its place."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from selection.decision.register_views import CodeFact
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.model import Ref
from selection.register import key_commands as c, key_events as e
from selection.register.key_decide import CODE_LASTS, MISSES
from selection.signing.one_time_code import code_of, fingerprint_code, token_of
from tests import factories as f
from tests.desk import Desk
from tests.selection.register.test_keys import (
    ADMIN,
    CODE,
    INVITED,
    KEYS,
    NEW,
    OFFICER,
    UNTIL,
    ask_key,
    begin,
    make_installation,
    of_keys,
    send_signed,
)
from tests.selection.signing.keys import INSTALLATION as HERE

INSTANT = timedelta(microseconds=1)
FIRST = of_keys(ask_key("admin-1"), token=token_of(CODE, ask_key("admin-1"), HERE))
OF_LETTER = of_keys(ask_key("expert-1"), token=token_of(CODE, ask_key("expert-1"), HERE, "expert-1"))
ANOTHER = code_of(bytes(range(26, 52)))
RENEW = c.RenewCode(code=fingerprint_code(ANOTHER, HERE))


def at(desk: Desk, instant: datetime) -> Desk:
    desk.now = instant
    return desk


def test_a_code_lasts_fourteen_days_from_its_letter() -> None:
    desk = begin(expert_1=INVITED)
    facts = desk.world.registry
    assert facts is not None
    code = CodeFact(known=INVITED.known, ref=Ref(id="code-1", sha256="0" * 64))
    desk.world = desk.world.with_(registry=facts.with_(codes={"expert-1": code}))
    (told,) = desk.act(c.InviteSigner(people=("expert-1",)), OFFICER)
    assert isinstance(told, e.SignerInvited)
    assert told.until == desk.now + timedelta(days=14)


def test_the_code_of_a_letter_counts_until_its_last_instant_and_no_longer() -> None:
    (told,) = at(begin(expert_1=INVITED), UNTIL - INSTANT).act(OF_LETTER, OFFICER)
    assert told == e.KeyEnrolled(person="expert-1", key=KEYS["expert-1"].key, by="officer-1")
    for late in (UNTIL, UNTIL + INSTANT, UNTIL + timedelta(days=400)):
        assert at(begin(expert_1=INVITED), late).refuse(OF_LETTER, OFFICER) == "code-expired"


def test_one_that_ran_out_says_nothing_of_which_code_it_was_and_counts_no_misses() -> None:
    desk = at(begin(expert_1=INVITED), UNTIL)
    for token in ("", "0" * 128, token_of(CODE, ask_key("expert-1"), HERE, "expert-1")):
        before = len(desk.leaves)
        assert desk.refuse(of_keys(ask_key("expert-1"), token=token), OFFICER) == "code-expired"
        assert [leaf.type for leaf in desk.leaves[before:]] == ["act.refused.v1"]
    spent = at(begin(expert_1=INVITED.with_(misses=MISSES)), UNTIL)
    assert spent.refuse(OF_LETTER, OFFICER) == "code-spent"


def test_a_code_without_an_end_counts_for_nothing() -> None:
    assert begin(expert_1=INVITED.with_(until=None)).refuse(OF_LETTER, OFFICER) == "code-expired"


def test_the_code_of_the_founding_counts_until_its_last_instant_and_no_longer() -> None:
    assert make_installation().state.until == UNTIL
    assert len(send_signed(at(make_installation(), UNTIL - INSTANT), FIRST, ADMIN).leaves) == 1
    for late in (UNTIL, UNTIL + timedelta(days=400)):
        outcome = send_signed(at(make_installation(), late), FIRST, ADMIN)
        assert outcome.refused is not None
        assert (outcome.refused.code, outcome.leaves) == ("first-code-expired", [])


def test_who_has_no_code_is_not_told_that_it_ran_out() -> None:
    for token in ("", "0" * 128, token_of(ANOTHER, ask_key("admin-1"), HERE)):
        guess = of_keys(ask_key("admin-1"), token=token)
        outcome = send_signed(at(make_installation(), UNTIL), guess, ADMIN)
        assert outcome.refused is not None
        assert outcome.refused.code == "signature-key"


def test_a_first_key_needs_no_code_on_a_local_installation_however_late() -> None:
    desk = at(make_installation(local=True), UNTIL + timedelta(days=400))
    assert desk.state.until is None
    assert len(send_signed(desk, of_keys(ask_key("admin-1")), ADMIN).leaves) == 1


def test_where_the_first_code_ran_out_the_engine_records_another_that_lasts_as_long() -> None:
    desk = at(make_installation(), UNTIL)
    (told,) = desk.act(RENEW, SYSTEM)
    assert told == e.CodeRenewed(code=RENEW.code, until=UNTIL + CODE_LASTS)
    fresh = of_keys(ask_key("admin-1"), token=token_of(ANOTHER, ask_key("admin-1"), HERE))
    old = send_signed(desk, FIRST, ADMIN)
    assert old.refused is not None
    assert old.refused.code == "signature-key"
    desk.now = UNTIL + CODE_LASTS - INSTANT
    assert len(send_signed(desk, fresh, ADMIN).leaves) == 1
    desk.now = UNTIL + CODE_LASTS
    again = send_signed(desk, fresh, ADMIN)
    assert again.refused is not None
    assert again.refused.code == "first-code-expired"


@pytest.mark.parametrize(
    ("desk", "now"),
    [
        (make_installation, UNTIL - INSTANT),  # the first one counts still
        (begin, UNTIL),  # somebody has a key
        (lambda: make_installation(local=True), UNTIL),  # no code is asked for
        (lambda: Desk("installation", f.facts(), f.OPENED), UNTIL),  # nobody founded it
    ],
)
def test_no_other_code_is_made_where_none_is_needed(desk: Callable[[], Desk], now: datetime) -> None:
    assert at(desk(), now).refuse(RENEW, SYSTEM) == "code-holds"


@pytest.mark.parametrize("actor", [ADMIN, OFFICER])
def test_nobody_but_the_engine_renews_the_code(actor: Actor) -> None:
    outcome = send_signed(at(make_installation(), UNTIL), RENEW, actor, NEW)
    assert outcome.refused is not None
    assert at(make_installation(), UNTIL).refuse(RENEW, actor) == "code-holds"
