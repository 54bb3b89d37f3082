"""On which pages people's passkeys sign, and who says so."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from selection.decision.aggregate import ActRefused, event_of
from selection.decision.envelope import envelope_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, answer_from, decide
from selection.decision.making import Outcome
from selection.decision.register_views import CodeFact, SignerFact
from selection.kernel.model import Frozen, Ref
from selection.kernel.proof import Assurance, Second
from selection.register import key_commands as c, key_events as e
from selection.register.state import INSTALLATION
from selection.signing.key import host_of
from selection.signing.possession import Enrolment, possession_message
from selection.streams import REGISTER
from tests import factories as f
from tests.desk import Desk, reach
from tests.selection.register.test_keys import (
    ADMIN,
    EXPERT,
    INVITED,
    NEW,
    OFFICER,
    ask_key,
    begin,
    having,
    of_keys,
)
from tests.selection.signing.keys import HOUR, INSTALLATION as HERE, Authenticator, draft_proof, software

PORTAL, NEW_PORTAL = "https://old.example.org", "https://new.example.org:8443"


def send_signed_by_two(desk: Desk, command: Frozen, keys: Mapping[str, Any]) -> Outcome[Any]:
    """Decide on an act that two administrators sign, each with the key given."""
    bare = envelope_of(INSTALLATION, command, ADMIN, "id-2")
    terms = draft_proof(issued=desk.now, expires=desk.now + HOUR, rules="")
    first, second = keys
    of_second = bare.intent.with_(person=second, second_to=first)
    message = bare.with_(
        proof=keys[first].prove(bare.intent, terms),
        second=Second(person=second, proof=keys[second].prove(of_second, terms)),
    )
    enrolled = {person: (key.key,) for person, key in keys.items()}

    def answer(request: FactsRequest) -> Facts:
        return desk.world.with_(founded=desk.state.founded, keys=enrolled)

    return reach(answer_from(decide(REGISTER, desk.state, Act(message), desk.now, desk.frame()), answer))


def begin_at(*portals: str, **signers: SignerFact) -> Desk:
    """An installation in whose record people reach it at these portals."""
    desk = begin(local=False, **signers)
    assert desk.state.founded is not None
    desk.state = desk.state.with_(founded=desk.state.founded.with_(portals=portals))
    return desk


def passkey_at(origin: str) -> Authenticator:
    return Authenticator(site=host_of(origin), origin=origin)


@pytest.mark.parametrize(
    ("key", "refused"),
    [
        (passkey_at(PORTAL), ""),
        (NEW, ""),
        (passkey_at("https://evil.example.net"), "key-elsewhere"),
        (passkey_at("http://localhost:8700"), "key-elsewhere"),
        (Authenticator(site="old.example.org", origin=f"{PORTAL}:8443"), "key-unproven"),
        (Authenticator(site="old.example.org", origin="https://a.old.example.org"), "key-unproven"),
    ],
    ids=["own", "a file", "another site", "this machine", "another port", "a name below"],
)
def test_a_key_enters_from_a_portal_of_the_record_or_from_a_file(key: Any, refused: str) -> None:
    desk = begin_at(PORTAL)
    item = of_keys(ask_key("expert-1", key))
    if refused:
        assert desk.refuse(item, EXPERT) == refused
    else:
        assert len(desk.act(item, EXPERT)) == 1


def test_a_key_in_a_file_names_no_site() -> None:
    key = NEW.key.with_(site="evil.example.net")
    message = possession_message(HERE, "expert-1", key)
    item = Enrolment(person="expert-1", key=key, possession=NEW.sign(message))
    assert begin_at(PORTAL).refuse(of_keys(item), EXPERT) == "key-elsewhere"


def test_two_name_where_people_reach_the_installation_and_the_latest_counts() -> None:
    desk = begin_at(PORTAL, admin_1=having(software(1).key), admin_2=having(passkey_at(PORTAL).key))
    desk.state = desk.state.with_(admins=("admin-1", "admin-2"))
    assert c.NamePortals.ACT.assurance is Assurance.SIGNED_BY_TWO
    assert desk.refuse(c.NamePortals(portals=(NEW_PORTAL,)), OFFICER) == "not-entitled"
    assert desk.refuse(c.NamePortals(portals=(PORTAL,)), ADMIN) == "portals-same"
    assert desk.refuse(c.NamePortals(portals=(NEW_PORTAL, NEW_PORTAL)), ADMIN) == "portals-same"
    # The second's only key is of the present address: without it nobody could name addresses any more.
    assert desk.refuse(c.NamePortals(portals=(NEW_PORTAL,)), ADMIN) == "portals-too-early"
    (event,) = desk.act(c.NamePortals(portals=(NEW_PORTAL, PORTAL)), ADMIN)
    assert event == e.PortalsNamed(portals=(NEW_PORTAL, PORTAL))
    assert desk.state.founded is not None
    assert desk.state.founded.portals == (NEW_PORTAL, PORTAL)
    for origin in (NEW_PORTAL, PORTAL):
        assert len(desk.act(of_keys(ask_key("expert-1", passkey_at(origin))), EXPERT)) == 1


@pytest.mark.parametrize(
    ("portal", "usual"),
    [(f"{PORTAL}:443", PORTAL), ("http://localhost:80", "http://localhost")],
    ids=["https", "http"],
)
def test_a_port_that_browsers_leave_out_is_refused(portal: str, usual: str) -> None:
    """No page has it in its origin: nobody's signature would fit."""
    desk = begin_at(PORTAL, admin_1=having(software(1).key), admin_2=having(software(2).key))
    desk.state = desk.state.with_(admins=("admin-1", "admin-2"))
    assert desk.refuse(c.NamePortals(portals=(PORTAL, portal)), ADMIN) == "portal-unusual"
    refused = event_of(desk.leaves[-1])
    assert isinstance(refused, ActRefused)
    assert refused.params == {"portal": portal, "usual": usual}
    assert len(desk.act(c.NamePortals(portals=(PORTAL, f"{PORTAL}:4430")), ADMIN)) == 1


@pytest.mark.parametrize("of_second", [False, True], ids=["the first", "the second"])
def test_nobody_leaves_out_the_page_on_which_they_sign(of_second: bool) -> None:
    """A slip of the pen in the port would else name pages that nobody serves, on which alone anybody could mend it."""
    there = f"{PORTAL}:8443"
    owned = {"admin-1": passkey_at(PORTAL), "admin-2": Authenticator(site=host_of(PORTAL), origin=PORTAL)}
    desk = begin_at(PORTAL, there, admin_1=having(owned["admin-1"].key), admin_2=having(owned["admin-2"].key))
    desk.state = desk.state.with_(admins=("admin-1", "admin-2"))
    people = {**desk.world.people, "admin-2": f.person("admin-2", "admin")}
    desk.world = desk.world.with_(people=people)
    owned["admin-1" if of_second else "admin-2"].origin = there
    command = c.NamePortals(portals=(there,))
    outcome = send_signed_by_two(desk, command, owned)
    (leaf,) = outcome.leaves
    assert leaf.data["code"] == "portals-without-this-page"
    assert leaf.data["params"] == {"portal": PORTAL}
    for key in owned.values():
        key.origin = there
    assert [leaf.type for leaf in send_signed_by_two(desk, command, owned).leaves] == ["portals.named.v1"]
    # A key in a file signs on no page, and puts right what slipped.
    of_file = {"admin-1": software(1), "admin-2": software(2)}
    elsewhere = c.NamePortals(portals=("https://old.example.org:9443",))
    events = send_signed_by_two(desk, elsewhere, of_file)
    assert [leaf.type for leaf in events.leaves] == ["portals.named.v1"]


def test_whose_key_is_of_a_former_address_alone_is_invited_to_the_new_one() -> None:
    old, new = having(passkey_at(PORTAL).key), having(passkey_at(NEW_PORTAL).key)
    invite = c.InviteSigner(people=("expert-1",))
    assert begin_at(PORTAL, expert_1=old).refuse(invite, OFFICER) == "signer-has-key"
    for signer in (new, having(NEW.key)):
        assert begin_at(NEW_PORTAL, PORTAL, expert_1=signer).refuse(invite, OFFICER) == "signer-has-key"
    desk = begin_at(NEW_PORTAL, PORTAL, expert_1=old)
    facts = desk.world.registry
    assert facts is not None
    code = CodeFact(known=INVITED.known, ref=Ref(id="code-1", sha256="0" * 64))
    desk.world = desk.world.with_(registry=facts.with_(codes={"expert-1": code}))
    assert len(desk.act(invite, OFFICER)) == 1


@pytest.mark.parametrize(
    "portal",
    [
        "http://selection.example",
        "https://selection.example/",
        "https://a@b.c",
        "https://",
        "ftp://localhost",
    ],
)
def test_what_is_no_address_of_a_portal_is_not_read(portal: str) -> None:
    with pytest.raises(ValidationError):
        c.NamePortals(portals=(portal,))
