"""What a changed mail address waits for, and who may go on with it: the rules of the register alone."""

from datetime import timedelta

import pytest

from selection.decision.facts import Facts
from selection.decision.register_views import AddressFact, CodeFact, RegisterFacts, SignerFact
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Ref
from selection.kernel.unit_codes import spell_employer
from selection.letters.rendering import render
from selection.letters.writing import Letter, list_outgoing
from selection.register import commands as c, events as e, key_commands as k
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import code_of, fingerprint_code, token_of
from selection.signing.possession import enrol
from tests import factories as f
from tests.desk import Desk
from tests.selection.signing.keys import INSTALLATION as HERE, software

ADMIN, SECOND, OFFICER = f.actor("admin-1"), f.actor("admin-2", Role.ADMIN), f.actor("officer-1")
OLD, NEW = "a" * 64, "b" * 64
CODE = code_of(bytes(range(26)))
KEY = enrol(software(9), "expert-1", HERE)
ENROL = k.EnrolKey(keys=(KEY,), token=token_of(CODE, KEY, HERE, "expert-1"))
INVITE = k.InviteSigner(people=("expert-1",))
KNOWN = f.people() | {"admin-2": f.people()["admin-1"].with_(person="admin-2")}
PEOPLE = {name: fact.with_(employer=spell_employer(fact.employer)) for name, fact in KNOWN.items()}
ALL = ("admin-1", "admin-2", "officer-1")
ALONE, BOTH = ("admin-1",), ("admin-1", "admin-2")


def begin(
    hands: tuple[str, ...] = ALONE,
    *,
    changed: bool = True,
    vouchers: tuple[str, ...] = ALL,
    sender: str = "",
    days: int = 3,
) -> Desk:
    """An installation where an expert is registered with an address by these hands, and was sent a code."""
    since = f.OPENED
    address = AddressFact(address=OLD, identity="1" * 64, since=since, changed=changed, hands=hands)
    known = fingerprint_code(CODE, HERE, "expert-1")
    signer = SignerFact(known=known, until=f.OPENED + timedelta(days=30), invited_by=sender)
    facts = RegisterFacts(
        stored=("expert-1", "recommender-1"),
        with_key=BOTH,
        signers={**dict.fromkeys(PEOPLE, SignerFact()), "expert-1": signer},
        codes={"expert-1": CodeFact(known=known, ref=Ref(id="code-1", sha256="c" * 64))},
        addresses={"expert-1": address, "recommender-1": address},
        vouchers=vouchers,
    )
    desk = Desk(INSTALLATION, Facts(people=PEOPLE, registry=facts), f.OPENED)
    founding = k.FoundInstallation(
        installation=HERE, local=False, code=fingerprint_code(CODE, HERE), address_days=days
    )
    desk.act(founding, SYSTEM)
    for person in ("admin-1", "admin-2"):
        desk.state = desk.state.with_(admins=BOTH, administered=True, first=person)
    return desk


def fill_registration(address: str, person: str = "expert-1", **fields: object) -> c.Registered:
    roles = PEOPLE[person].roles
    told = {"person": person, "roles": roles, "identity": "2" * 64, "address": address, **fields}
    return c.Registered.model_validate({"employer": PEOPLE[person].employer, **told})


def test_another_address_is_told_at_both_and_says_from_when_a_code_goes_there() -> None:
    desk = begin(days=5)
    (event,) = desk.act(c.RegisterPeople(people=(fill_registration(NEW),)), ADMIN)
    assert isinstance(event, e.PersonRegistered)
    assert (event.former, event.keys_from) == ("1" * 64, desk.now + timedelta(days=5))
    letters = [
        item for item in list_outgoing(desk.state, desk.leaves[-1], desk.state) if isinstance(item, Letter)
    ]
    assert [(item.to, item.identity) for item in letters] == [
        ("expert-1", "1" * 64),
        ("expert-1", "2" * 64),
    ]
    assert len({item.key for item in letters}) == 2
    for language in ("en", "zh"):
        subject, body = render(letters[0].template, letters[0].params, language)
        assert subject
        assert "selection " not in body.replace("selection system", "").replace("selection office", "")


def test_the_same_address_is_no_change_whatever_else_is_registered() -> None:
    (event,) = begin().act(c.RegisterPeople(people=(fill_registration(OLD, employer="91OTHER"),)), ADMIN)
    assert isinstance(event, e.PersonRegistered)
    assert (event.former, event.keys_from) == ("", None)


@pytest.mark.parametrize(
    ("hands", "vouchers", "by", "code"),
    [
        (ALONE, ALL, ADMIN, "address-by-another"),
        (ALONE, ALL, SECOND, ""),
        (BOTH, ALL, ADMIN, "address-by-another"),
        (BOTH, ALL, SECOND, "address-by-another"),
        (BOTH, ALL, OFFICER, ""),
        # Nobody else could: an installation of two, and one of one.
        (BOTH, BOTH, ADMIN, ""),
        (ALONE, ALONE, ADMIN, ""),
        # Whose key it is to be counts as nobody else.
        (ALONE, ("admin-1", "expert-1"), ADMIN, ""),
    ],
)
def test_who_changed_an_address_sends_no_code_there_while_another_could(
    hands: tuple[str, ...], vouchers: tuple[str, ...], by: Actor, code: str
) -> None:
    desk = begin(hands, vouchers=vouchers)
    desk.now = f.OPENED + timedelta(days=2, hours=23)
    assert desk.refuse(INVITE, by) == "address-waits"
    desk.now = f.OPENED + timedelta(days=3)
    if code:
        assert desk.refuse(INVITE, by) == code
    else:
        desk.act(INVITE, by)


@pytest.mark.parametrize(
    ("hands", "changed", "sender", "by", "code"),
    [
        (ALONE, False, "officer-1", ADMIN, "address-by-another"),
        (ALONE, False, "admin-1", ADMIN, "address-by-another"),
        (ALONE, False, "admin-1", OFFICER, ""),
        (ALONE, False, "officer-1", OFFICER, "code-by-another"),
        # Two entered it together, of the staff or of agents: that is as many as it takes.
        (BOTH, False, "officer-1", ADMIN, ""),
        (BOTH, True, "officer-1", ADMIN, "address-by-another"),
        # The officer alone changed nothing, and nobody else is left to send or to confirm.
        (BOTH, True, "officer-1", OFFICER, ""),
        (ALONE, True, "admin-2", SECOND, "code-by-another"),
        (ALONE, True, "admin-2", OFFICER, ""),
    ],
)
def test_who_entered_an_address_alone_or_changed_it_or_sent_the_code_confirms_no_key(
    hands: tuple[str, ...], changed: bool, sender: str, by: Actor, code: str
) -> None:
    desk = begin(hands, changed=changed, sender=sender)
    if code:
        assert desk.refuse(ENROL, by) == code
    else:
        desk.act(ENROL, by)


def test_an_agent_is_stopped_by_one_who_leaves_the_address_as_it_is() -> None:
    """Else two who bring them back, as they were, would bring back the address of one."""
    desk = begin()
    stopped = fill_registration(OLD, "recommender-1", active=False)
    other = c.RegisterPeople(people=(stopped.with_(address=NEW),))
    assert desk.refuse(other, ADMIN) == "agent-by-two"
    desk.act(c.RegisterPeople(people=(stopped,)), ADMIN)


def test_what_an_earlier_version_registered_goes_on_until_it_is_registered_anew() -> None:
    """Its entries tell no address: what was decided on them is decided again as it was."""
    desk = begin()
    registry = desk.world.registry
    assert registry is not None
    legacy = registry.addresses["expert-1"].with_(address="")
    desk.world = desk.world.with_(registry=registry.with_(addresses={"expert-1": legacy}))
    desk.act(INVITE, ADMIN)
    desk.act(ENROL, ADMIN)
    (event,) = desk.act(c.RegisterPeople(people=(fill_registration(NEW),)), ADMIN)
    assert isinstance(event, e.PersonRegistered)
    assert event.former == "1" * 64
