"""An installation's log with acts at its end that its people signed: some that could be decided, and forged ones."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from audit.bundle.register import LOG
from benchmarks.in_memory.register import RegisterInMemory
from selection.decision.aggregate import ActRefused
from selection.decision.relations import Tie
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.register import commands as c, events as e, key_commands as kc, key_events as k
from selection.register.key_decide import KEYS_AT_MOST
from selection.register.unit_commands import RegisterUnits, UnitEntry
from selection.register.unit_events import UnitRegistered
from selection.signing.key import Key
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from selection.signing.software_key import SoftwareKey
from tests import factories as f
from tests.audit.support.register import slip_in
from tests.signatures import INSTALLATION, Signatures

PEOPLE = Signatures()
ADMIN, OFFICER, EXPERT = f.actor("admin-1"), f.actor("officer-1"), f.actor("expert-1")
NOW = timedelta()
UNIT = UnitEntry(code="99SYNTHUNIT", name_en="A unit")
ENROLLED = ("officer-1", "officer-2", "expert-1")
NOBODYS = SoftwareKey(seed=b"i" * 32)


NO_AGENT = c.Registered(person="recommender-2", roles={Role.EXPERT: ()}, identity="0" * 64)


@cache
def log() -> tuple[Leaf, ...]:
    """An installation where everybody signs: people, keys, somebody who was erased, somebody who was sent a code.

    An officer, the second one, has as many keys as anyone may have. An agent was stopped, another is one no more.
    """
    made = RegisterInMemory(PEOPLE.founded, f.OPENED, PEOPLE)
    made.register(f.people().values(), f.OPENED)
    for person in ENROLLED:
        made.enrol(person, f.OPENED)
    for number in range(KEYS_AT_MOST - 1):
        own = SoftwareKey(seed=bytes([number]) * 32)
        made.act(kc.EnrolKey(keys=(enrol(own, "officer-2", INSTALLATION),)), f.OPENED, f.actor("officer-2"))
    made.erase("expert-9", f.OPENED)
    made.register([made.people["recommender-1"].with_(active=False)], f.OPENED)
    made.act(c.RegisterAgents(people=(NO_AGENT,)), f.OPENED, ADMIN.with_(reason=f.ref()))
    made.act(kc.InviteSigner(people=("expert-2",)), f.OPENED)
    made.act(kc.NamePortals(portals=("https://selection.example",)), f.OPENED)
    return tuple(made.leaves)


def unit_registered(unit: UnitEntry) -> UnitRegistered:
    return UnitRegistered.model_validate(unit.model_dump())


def key_of(person: str) -> Key:
    return PEOPLE.own(person).key


def person(name: str, *roles: Role) -> c.Registered:
    told_ = {"person": name, "roles": dict.fromkeys(roles, ()), "identity": "0" * 64}
    return c.Registered.model_validate(told_)


def make_person_registered(item: c.Registered) -> e.PersonRegistered:
    return e.PersonRegistered.model_validate(item.model_dump())


def asking(who: str, code: str = "", key: SoftwareKey = NOBODYS) -> kc.EnrolKey:
    enrolment = enrol(key, who, INSTALLATION)
    token = token_of(code, enrolment, INSTALLATION, who) if code else ""
    return kc.EnrolKey(keys=(enrolment,), token=token)


def make_key_enrolled(who: str, by: str, key: SoftwareKey = NOBODYS) -> k.KeyEnrolled:
    return k.KeyEnrolled(person=who, key=key.key, by=by)


def make_key_revoked(who: str) -> k.KeyRevoked:
    return k.KeyRevoked(person=who, key=key_of(who).key)


def make_letter_settled(target: str) -> e.LetterSettled:
    told_ = {"target": target, "caused_by": 3, "letter": "told/expert-1", "message_id": "<m@x>"}
    return e.LetterSettled.model_validate(
        {"task": "undelivered/7", "to": "expert-1", "found": "", "how": "drop", **told_}
    )


ANEW = person("expert-1", Role.EXPERT, Role.OBJECTOR)
RISEN = person("expert-1", Role.EXPERT, Role.ADMIN)
AGENT = person("expert-1", Role.EXPERT, Role.RECOMMENDER)
LEAVING = person("admin-2", Role.AUDITOR)
STOPPED = person("recommender-1", Role.EXPERT)
FORMER = NO_AGENT.with_(identity="1" * 64)
MOVED = person("recommender-1", Role.RECOMMENDER).with_(active=False)
BACK = person("expert-9", Role.EXPERT)
GONE = e.PersonErased(person="expert-2", contents=(), forced=False)
ERASE = c.ErasePerson(person="expert-2", force=True)
LOST = kc.RevokeLostKey(person="expert-1", key=key_of("expert-1").key)
DISGUISED = {"kind": "revoke-key", "person": "expert-1", "key": key_of("expert-1").key}
SESSION = SoftwareKey(seed=b"s" * 32, level=Assurance.SESSION, expires=f.OPENED + 3000 * f.DAY)
MENDED = {"target": "r", "choice": "go-on", "size": 3, "lost": 1}
SHARED = c.DeclareTie(tie="project", unit="91-SHARED")
OWN_TIE = e.TieDeclared(person="expert-1", tie=Tie(kind="project", unit="91-SHARED"), holds=True)
OTHERWISE = [{"kind": "project", "unit": " 91-shared "}]
OF_ROUND = make_letter_settled(f"application/{f.ROUND}/0001")
LEFT = c.RecordPapers(round=f.ROUND, papers=f.ref("papers"))
LEFT_PAPERS = e.PapersRecorded(round=f.ROUND, papers=f.ref("papers"))
DROPPED = c.SettleLetters(letters=(7,), how="drop")


@dataclass(frozen=True)
class Forgery:
    """An act with the entry that it was not to bring, and what comes of it instead."""

    command: Frozen | dict[str, Any]
    by: Actor
    event: Frozen
    found: str
    second: str = ""


STOLEN = enrol(NOBODYS, "expert-2", INSTALLATION).with_(person="officer-1")
FORGED = {
    "a unit registered by an officer": Forgery(
        RegisterUnits(units=(UNIT,)), f.actor("officer-1", Role.ADMIN), unit_registered(UNIT), "not-entitled"
    ),
    "a unit in place of an entry that there is not": Forgery(
        RegisterUnits(units=(UNIT.with_(replaces=3),)),
        ADMIN,
        unit_registered(UNIT.with_(replaces=3)),
        "unit-moved",
    ),
    "a unit below one that is not registered": Forgery(
        RegisterUnits(units=(UNIT.with_(parents=("99SYNTHX",)),)),
        ADMIN,
        unit_registered(UNIT.with_(parents=("99SYNTHX",))),
        "unit-parent-unknown",
    ),
    "a unit by another name than was asked for": Forgery(
        RegisterUnits(units=(UNIT,)), ADMIN, unit_registered(UNIT.with_(name_en="x")), "unit.registered.v1"
    ),
    "a first key without its code": Forgery(
        asking("expert-2"), OFFICER, make_key_enrolled("expert-2", "officer-1"), "code-wrong"
    ),
    "a first key of one who was sent none": Forgery(
        asking("expert-3", "GUESSED"), OFFICER, make_key_enrolled("expert-3", "officer-1"), "code-spent"
    ),
    "another key for one who has one": Forgery(
        asking("expert-1"), OFFICER, make_key_enrolled("expert-1", "officer-1"), "signer-has-key"
    ),
    "a key that did not sign its own enrolment": Forgery(
        kc.EnrolKey(keys=(STOLEN,)), OFFICER, make_key_enrolled("officer-1", "officer-1"), "key-unproven"
    ),
    "a key that somebody has already": Forgery(
        asking("expert-1", key=PEOPLE.own("officer-2")),
        EXPERT,
        make_key_enrolled("expert-1", "expert-1", PEOPLE.own("officer-2")),
        "key-known",
    ),
    "a session without end": Forgery(
        asking("expert-1", key=SESSION),
        EXPERT,
        make_key_enrolled("expert-1", "expert-1", SESSION),
        "session-too-long",
    ),
    "a role of one's own giving": Forgery(
        c.RegisterPeople(people=(ANEW,)),
        f.actor("expert-1", Role.ADMIN),
        make_person_registered(ANEW),
        "not-entitled",
    ),
    "a role given as an officer": Forgery(
        c.RegisterPeople(people=(ANEW,)), OFFICER, make_person_registered(ANEW), "not-entitled"
    ),
    "other roles than were asked for": Forgery(
        c.RegisterPeople(people=(person("expert-1", Role.EXPERT),)),
        ADMIN,
        make_person_registered(ANEW),
        "person.registered.v1",
    ),
    "a role of the staff given by one": Forgery(
        c.RegisterPeople(people=(RISEN,)), ADMIN, make_person_registered(RISEN), "staff-by-two"
    ),
    "a role of the staff given by one as if by two": Forgery(
        c.RegisterStaff(people=(RISEN,)), ADMIN, make_person_registered(RISEN), "second-missing"
    ),
    "one of two administrators registered away": Forgery(
        c.RegisterStaff(people=(LEAVING,)),
        ADMIN,
        make_person_registered(LEAVING),
        "administrators-too-few",
        "admin-2",
    ),
    "an agent of a recommending unit put in by one": Forgery(
        c.RegisterPeople(people=(AGENT,)), ADMIN, make_person_registered(AGENT), "agent-by-two"
    ),
    "an agent put in among staff": Forgery(
        c.RegisterStaff(people=(AGENT,)), ADMIN, make_person_registered(AGENT), "agent-by-two", "admin-2"
    ),
    "an agent put in for no reason": Forgery(
        c.RegisterAgents(people=(AGENT,)), ADMIN, make_person_registered(AGENT), "missing", "admin-2"
    ),
    "a stopped agent's id made somebody else's": Forgery(
        c.RegisterPeople(people=(STOPPED,)), ADMIN, make_person_registered(STOPPED), "agent-by-two"
    ),
    "a former agent's id made somebody else's": Forgery(
        c.RegisterPeople(people=(FORMER,)), ADMIN, make_person_registered(FORMER), "agent-by-two"
    ),
    "a stopped agent given to another unit": Forgery(
        c.RegisterPeople(people=(MOVED,)), ADMIN, make_person_registered(MOVED), "agent-by-two"
    ),
    "a tie that somebody else declared": Forgery(SHARED, ADMIN, OWN_TIE, "person.tie-declared.v1"),
    "a tie ended that its person never declared": Forgery(
        SHARED.with_(holds=False), EXPERT, OWN_TIE.with_(holds=False), "no-such-tie"
    ),
    "a tie in another spelling than it was signed in": Forgery(
        {**SHARED.model_dump(mode="json"), "unit": " 91-shared "}, EXPERT, OWN_TIE, "unreadable"
    ),
    "somebody's tie in another spelling": Forgery(
        {"kind": "register-people", "people": [{**ANEW.model_dump(mode="json"), "ties": OTHERWISE}]},
        ADMIN,
        make_person_registered(ANEW).with_(ties=(OWN_TIE.tie,)),
        "unreadable",
    ),
    "a tie to oneself": Forgery(
        c.DeclareTie(tie="project", other="expert-1"),
        EXPERT,
        OWN_TIE.with_(tie=Tie(kind="project", other="expert-1")),
        "tie-unclear",
    ),
    "a key beyond as many as anyone may have": Forgery(
        asking("officer-2"), f.actor("officer-2"), make_key_enrolled("officer-2", "officer-2"), "too-many"
    ),
    "somebody who is the engine": Forgery(
        {"kind": "register-people", "people": [{**ANEW.model_dump(mode="json"), "person": "system"}]},
        ADMIN,
        make_person_registered(ANEW).with_(person="system"),
        "unreadable",
    ),
    "an erasure of whom nothing is left": Forgery(
        ERASE.with_(person="expert-9"), ADMIN, GONE.with_(person="expert-9"), "already-done", "admin-2"
    ),
    "an erasure of oneself": Forgery(
        ERASE.with_(person="admin-1"), ADMIN, GONE.with_(person="admin-1"), "another-admin", "admin-2"
    ),
    "an erasure of somebody active who has duties": Forgery(
        ERASE, ADMIN, GONE.with_(forced=True), "still-active", "admin-2"
    ),
    "somebody who was erased": Forgery(
        c.RegisterPeople(people=(BACK,)), ADMIN, make_person_registered(BACK), "person-erased"
    ),
    "a lost key revoked by one": Forgery(LOST, OFFICER, make_key_revoked("expert-1"), "second-missing"),
    "a lost key revoked as if it were one's own": Forgery(
        DISGUISED, OFFICER, make_key_revoked("expert-1"), "unreadable"
    ),
    "a lost key revoked by one and its own person": Forgery(
        LOST, OFFICER, make_key_revoked("expert-1"), "not-entitled", "expert-1"
    ),
    "an erasure by one": Forgery(ERASE, ADMIN, GONE, "second-missing"),
    "an erasure by one and an officer": Forgery(ERASE, ADMIN, GONE, "not-entitled", "officer-1"),
    "a letter settled by who is no officer of its round": Forgery(DROPPED, EXPERT, OF_ROUND, "not-entitled"),
    "a letter that no round sent": Forgery(DROPPED, OFFICER, make_letter_settled(LOG), "not-entitled"),
    "papers that left by the word of who is no officer": Forgery(LEFT, EXPERT, LEFT_PAPERS, "not-entitled"),
    "papers that left in place of those that were listed": Forgery(
        LEFT, OFFICER, LEFT_PAPERS.with_(papers=f.ref("others")), "papers.recorded.v1"
    ),
    "a choice without its reason": Forgery(
        c.RecordRestoration.model_validate(MENDED),
        ADMIN,
        e.LogRestored.model_validate({**MENDED, "contents": ()}),
        "missing",
    ),
}


def honest() -> list[list[Leaf]]:
    """The log with each of some acts that could be decided."""
    acts: tuple[tuple[Frozen, Actor, Frozen, str], ...] = (
        (RegisterUnits(units=(UNIT,)), ADMIN, unit_registered(UNIT), ""),
        (c.RegisterPeople(people=(ANEW,)), ADMIN, make_person_registered(ANEW), ""),
        (c.RegisterStaff(people=(RISEN,)), ADMIN, make_person_registered(RISEN), "admin-2"),
        (
            c.RegisterAgents(people=(AGENT,)),
            ADMIN.with_(reason=f.ref()),
            make_person_registered(AGENT),
            "admin-2",
        ),
        (SHARED, EXPERT, OWN_TIE, ""),
        (LOST, OFFICER, make_key_revoked("expert-1"), "officer-2"),
        (kc.RevokeKey(key=key_of("expert-1").key), EXPERT, make_key_revoked("expert-1"), ""),
        (asking("expert-1"), EXPERT, make_key_enrolled("expert-1", "expert-1"), ""),
        (ERASE, ADMIN, GONE, "admin-2"),
        (DROPPED, OFFICER, OF_ROUND, ""),
        (DROPPED, OFFICER, make_letter_settled("application/elsewhere/0001"), ""),
    )
    return [slip_in(log(), PEOPLE, command, by, event, second=second) for command, by, event, second in acts]


def miss_code(
    who: str, left: str, *events: Frozen, kind: str = "enrol-key", late: timedelta = NOW
) -> list[Leaf]:
    """The log where a code was refused, so much later: what was asked is not kept."""
    refusal = ActRefused(kind=kind, code="code-wrong", params={"person": who, "left": left})
    before = [*log()[:-1], log()[-1].with_(recorded=log()[-1].recorded + late)]
    made = slip_in(before, PEOPLE, asking(who), OFFICER, *events, refusal)
    first = made[len(log())]
    assert first.signed is not None
    made[len(log())] = first.with_(signed=first.signed.with_(command=None))
    return made
