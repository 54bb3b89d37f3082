"""Who registers, erases, settles letters and chooses about logs, and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from selection.decision.facts import Facts, PersonFact
from selection.decision.register_views import LetterFact, RegisterFacts
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen, Ref
from selection.register import commands as c, events as e
from selection.register.commands import split_registrations
from selection.register.one_message import AT_ONCE, BYTES_AT_ONCE
from selection.register.sent_papers import SentPaper, SentPapers
from selection.register.state import INSTALLATION
from selection.streams import REGISTER, aggregate
from tests import factories as f
from tests.desk import Desk

REASON = Ref(id="text-1", sha256="0" * 64)
ADMIN = Actor(person="admin-1", role=Role.ADMIN, reason=REASON)
OFFICER = f.OFFICER
LETTER = LetterFact(
    stream="application/r/0001",
    version=3,
    key="told/expert-1",
    message_id="<m@x>",
    to="expert-1",
    found="550",
    waits=True,
    settled=0,
    officers=("officer-1",),
    gone=False,
)


def person(name: str = "expert-1", *roles: Role, **changes: Any) -> c.Registered:
    known = {"person": name, "roles": dict.fromkeys(roles or (Role.EXPERT,), ()), "identity": "0" * 64}
    return c.Registered.model_validate({**known, **changes})


def desk(**registry: Any) -> Desk:
    """The stream with its people: those of the factories, their identities stored."""
    known = f.people()
    facts = RegisterFacts.model_validate({"stored": tuple(known), **registry})
    return Desk(INSTALLATION, Facts(people=known, registry=facts), f.OPENED)


def register_admin(**registry: Any) -> Desk:
    made = desk(**registry)
    made.act(c.RegisterPeople(people=(person("admin-1", Role.ADMIN),)), ADMIN)
    return made


def test_people_are_registered_each_by_an_entry() -> None:
    made = desk()
    told = made.act(c.RegisterPeople(people=(person("expert-1"), person("admin-1", Role.ADMIN))), ADMIN)
    assert [event.TYPE for event in told] == ["person.registered.v1"] * 2
    assert isinstance(told[0], e.PersonRegistered)
    assert (told[0].person, told[0].roles, told[0].identity) == ("expert-1", {Role.EXPERT: ()}, "0" * 64)
    assert made.state.administered
    assert made.refold() == made.state


def test_until_there_is_an_administrator_anyone_registers_people() -> None:
    made = desk()
    made.world = made.world.model_copy(update={"people": {}})
    made.act(c.RegisterPeople(people=(person("expert-1"),)), OFFICER)
    assert not made.state.administered
    assert REGISTER.admits_stranger(made.state, "register-people")
    assert not REGISTER.admits_stranger(made.state, "erase-person")
    made.act(c.RegisterPeople(people=(person("admin-1", Role.ADMIN),)), OFFICER)
    assert not REGISTER.admits_stranger(made.state, "register-people")
    assert made.refuse(c.RegisterPeople(people=(person("expert-1"),)), OFFICER) == "not-entitled"


COMMANDS: dict[str, Frozen] = {
    "register-people": c.RegisterPeople(people=(person(),)),
    "erase-person": c.ErasePerson(person="expert-1"),
    "settle-letters": c.SettleLetters(letters=(1,), how="drop"),
    "record-papers": c.RecordPapers(round="r", papers=REASON),
    "record-restoration": c.RecordRestoration(target="r", choice="go-on", size=1, lost=1),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_no_role_does_what_is_anothers_and_no_claim_makes_a_role(command: Frozen, role: Role) -> None:
    made = register_admin(letters={1: LETTER}, officers=("officer-1",))
    wanted = Role.OFFICER if isinstance(command, c.SettleLetters | c.RecordPapers) else Role.ADMIN
    # The claim alone, by somebody who holds another role; and the role, used under another's name.
    for actor in (f.actor("expert-2", role), f.actor(f"{wanted.value}-1", role)):
        if (actor.person, actor.role) != (f"{wanted.value}-1", wanted):
            assert made.refuse(command, actor) == "not-entitled"


def test_who_left_does_nothing_more() -> None:
    made = register_admin()
    left = {name: fact.with_(active=False) for name, fact in made.world.people.items()}
    made.world = made.world.model_copy(update={"people": left})
    assert made.refuse(c.ErasePerson(person="expert-1"), ADMIN) == "not-entitled"
    unreached = c.ReportUnreached(target="", act="submit", code="unreadable")
    assert made.refuse(unreached, f.APPLICANT) == "not-entitled"


@pytest.mark.parametrize(
    ("registry", "people", "code"),
    [
        ({"erased": {"expert-1": 4}}, (person(),), "person-erased"),
        ({"stored": ("admin-1",)}, (person(),), "identity-missing"),
        ({}, (person(), person()), "unreadable"),
    ],
)
def test_who_is_not_registered(registry: dict[str, Any], people: tuple[c.Registered, ...], code: str) -> None:
    made = register_admin()
    facts = made.world.registry
    assert facts is not None
    made.world = made.world.model_copy(update={"registry": facts.model_copy(update=registry)})
    assert made.refuse(c.RegisterPeople(people=people), ADMIN) == code


def test_an_erasure_names_what_goes_in_as_many_entries_as_it_takes() -> None:
    many = tuple(f"text-{number:032d}" for number in range(2001))
    first, _, third = register_admin(contents=many).act(c.ErasePerson(person="expert-1"), ADMIN)
    assert isinstance(first, e.PersonErased)
    assert isinstance(third, e.PersonErased)
    assert (len(first.contents), third.contents, first.forced) == (1000, (many[-1],), False)
    [nothing] = register_admin().act(c.ErasePerson(person="expert-1"), ADMIN)
    assert nothing == e.PersonErased(person="expert-1", contents=(), forced=False)


@pytest.mark.parametrize(
    ("registry", "command", "code"),
    [
        ({}, c.ErasePerson(person="admin-1"), "another-admin"),
        ({}, c.ErasePerson(person="nobody"), "unknown-person"),
        ({"erased": {"expert-1": 4}}, c.ErasePerson(person="expert-1", force=True), "already-done"),
        ({"duties": ("round/r",)}, c.ErasePerson(person="expert-1"), "open-duty"),
    ],
)
def test_who_is_not_erased(registry: dict[str, Any], command: Frozen, code: str) -> None:
    assert register_admin(**registry).refuse(command, ADMIN) == code


def test_duties_are_no_bar_to_an_erasure_by_force_which_says_so() -> None:
    made = register_admin(duties=("round/r",), erased={"expert-1": 4}, contents=("text-2",))
    erase = c.ErasePerson(person="expert-1", force=True)
    # Stopped first, so that the applications in which somebody waits for them learn of it.
    assert made.refuse(erase, ADMIN) == "still-active"
    stopped = made.world.people["expert-1"].with_(active=False)
    made.world = made.world.with_(people={**made.world.people, "expert-1": stopped})
    [told] = made.act(erase, ADMIN)
    assert told == e.PersonErased(person="expert-1", contents=("text-2",), forced=True)


def test_letters_are_settled_by_an_officer_of_their_round() -> None:
    made = register_admin(letters={1: LETTER, 2: LETTER.with_(gone=True)})
    told = made.act(c.SettleLetters(letters=(2, 1), how="drop"), OFFICER)
    assert [event.task for event in told if isinstance(event, e.LetterSettled)] == [
        "undelivered/1",
        "undelivered/2",
    ]


@pytest.mark.parametrize(
    ("letter", "letters", "code"),
    [
        (LETTER, (1, 9), "not-entitled"),
        (LETTER.with_(officers=("officer-2",)), (1,), "not-entitled"),
        (LETTER.with_(waits=False), (1,), "letter-not-refused"),
        (LETTER.with_(waits=False, settled=7), (1,), "already-done"),
        (LETTER.with_(gone=True), (1,), "addressee-erased"),
        (LETTER, (1, 1), "unreadable"),
    ],
)
def test_which_letters_are_not_settled(letter: LetterFact, letters: tuple[int, ...], code: str) -> None:
    command = c.SettleLetters(letters=letters, how="resend")
    assert register_admin(letters={1: letter}).refuse(command, OFFICER) == code


def test_papers_that_leave_are_recorded_by_an_officer_of_their_round() -> None:
    command = c.RecordPapers(round="r", papers=REASON)
    [told] = register_admin(officers=("officer-1",)).act(command, OFFICER)
    assert told == e.PapersRecorded(round="r", papers=REASON)
    for officers in ((), ("officer-2",)):
        assert register_admin(officers=officers).refuse(command, OFFICER) == "not-entitled"


def test_the_same_papers_give_the_same_list_in_whatever_order_they_were_printed() -> None:
    papers = tuple(
        SentPaper(kind="letter", application=number, language="both", sha256=number[-1] * 64)
        for number in ("0001", "0002", "0003")
    )
    listed = SentPapers(papers=papers)
    assert listed.text() == SentPapers(papers=papers[::-1]).text()
    assert SentPapers.model_validate_json(listed.text()) == listed
    with pytest.raises(ValidationError):
        SentPapers(papers=())


def test_a_choice_about_a_log_has_a_reason() -> None:
    made = register_admin()
    command = c.RecordRestoration(target="r", choice="repair", size=7, lost=2, contents=("text-1",))
    assert made.refuse(command, ADMIN.model_copy(update={"reason": None})) == "missing"
    [told] = made.act(command, ADMIN)
    assert told == e.LogRestored(target="r", choice="repair", size=7, lost=2, contents=("text-1",))


def test_whoever_is_registered_reports_what_reached_no_stream() -> None:
    made = register_admin()
    unreached = c.ReportUnreached(target="round/x", act="open-round", code="unreadable", params={"a": "b"})
    [told] = made.act(unreached, f.APPLICANT)
    assert told == e.MessageRefused(target="round/x", kind="open-round", code="unreadable", params={"a": "b"})
    stranger = PersonFact(person="p", roles={})
    assert stranger.person not in made.world.people
    assert made.refuse(unreached, f.actor("p", Role.APPLICANT)) == "not-entitled"


def test_many_registrations_go_in_few_messages_of_bounded_size() -> None:
    short = [person(f"expert-{number}") for number in range(2 * AT_ONCE + 1)]
    assert [len(part.people) for part in split_registrations(short)] == [AT_ONCE, AT_ONCE, 1]
    long = [person(f"expert-{number}", roles={Role.RECOMMENDER: ("u" * 100,) * 30}) for number in range(40)]
    parts = list(split_registrations(long))
    assert [item for part in parts for item in part.people] == long
    assert len(parts) > 1
    assert max(len(part.model_dump_json()) for part in parts) <= BYTES_AT_ONCE + 100
    assert list(split_registrations([])) == []


@pytest.mark.parametrize("name", ["installation/x", "installation/installation"])
def test_there_is_one_such_stream(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        aggregate(name).initial(name)
