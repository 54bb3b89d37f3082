"""Who serves in a round registers nobody anew who has a part in it, on a real record."""

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.application import commands as c
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor, Role
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from selection.register import commands as rc
from selection.round import commands as r
from tests import factories as f
from tests.ledger.support.deciding import ONE, ROUND, act, code, decide, register, submit
from tests.registering import act_on_register

BOTH = f.actor("officer-1", Role.ADMIN)
CODE = "registrar-in-office"


async def make_administrator(place: Ledger, person: str = "officer-1", role: str = "officer") -> None:
    await register(place, f.person(person, role, "admin"), f"{person}-administers")


async def register_staff(place: Ledger, fact: PersonFact) -> None:
    """Register somebody of the staff by the act that two sign where anybody signs."""
    identity = Identity(name=fact.person, mail=f"{fact.person}@example.invalid")
    named = NewPerson.model_validate({**fact.model_dump(), "identity": identity})
    (known,) = await place.people.store_identities([named], "admin-1", fact.person)
    await act_on_register(place, rc.RegisterStaff(people=(known,)), command_id=fact.person)


async def move(place: Ledger, named: str, by: Actor = BOTH) -> str:
    """Have somebody registered anew with other roles, as who gives them another address does; return the refusal."""
    roles: dict[Role, tuple[str, ...]] = {Role.EXPERT: ()}
    command = rc.RegisterStaff(people=(rc.Registered(person=named, roles=roles, identity="0" * 64),))
    try:
        await act_on_register(place, command, by, f"{named}-by-{by.person}")
    except Refused as refused:
        return refused.code
    return ""


async def test_an_officer_who_registers_people_gives_nobody_of_the_round_another_address(
    place: Ledger,
) -> None:
    """Seen before: two officers registered a supervisor with another address, whose code a confidant got."""
    await submit(place)
    await make_administrator(place)
    await register(place, f.person("expert-9", "expert"))
    for named in ("supervisor-1", "supervisor-2", "auditor-1", "approver-1", "applicant-1", "officer-2"):
        assert await move(place, named) == CODE, named
    # Nobody's part, and their own: what is missing is the identity, which this command invents.
    for named in ("expert-9", "officer-1", "applicant-2"):
        assert await move(place, named) == "identity-missing", named
    assert await move(place, "supervisor-1", f.actor("admin-1")) == "identity-missing"


async def test_nor_who_has_left_their_post_and_who_has_a_task_is_protected_too(place: Ledger) -> None:
    await submit(place)
    await make_administrator(place)
    await register_staff(place, f.person("officer-3", "officer"))
    host = canonical_code(f.HOST)
    await register(place, f.person("agent-9", "applicant", employer=host))
    change = r.ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref("why"))
    assert code(await decide(place, act(ROUND, change, f.SUPERVISOR, "change"))) == ""
    assert await move(place, "supervisor-1") == CODE
    assert await move(place, "officer-3") == CODE
    assert code(await decide(place, act(ONE, c.Withdraw(), f.APPLICANT, "withdraw"))) == ""
    assert await move(place, "agent-9") == "identity-missing"


async def test_administrators_of_the_round_serve_in_it_no_further(place: Ledger) -> None:
    await make_administrator(place, "supervisor-2", "supervisor")
    found = await place.parts.find_beside("supervisor-2", ["supervisor-1", "supervisor-2", "nobody-1"])
    assert found == ("supervisor-1",)
    assert await place.parts.find_beside("admin-1", ["supervisor-1"]) == ()
    await register_staff(place, f.person("admin-3", "admin"))
    change = r.ChangePost(post="admins", add=("admin-3",), remove=("admin-1",), reason=f.ref("why"))
    assert code(await decide(place, act(ROUND, change, f.SUPERVISOR, "change"))) == ""
    assert await place.parts.find_beside("admin-1", ["supervisor-1"]) == (), "nor once they have left"
    assert await place.parts.find_duties("supervisor-1") == (ROUND,)


async def test_an_officer_who_registers_people_makes_no_administrator_where_two_others_could(
    place: Ledger,
) -> None:
    """Seen before: two officers made two who serve nowhere, and these registered a supervisor's other address."""
    await make_administrator(place)

    async def make(named: str, by: Actor = BOTH, *, active: bool = True) -> str:
        told = rc.Registered(person=named, roles={Role.ADMIN: ()}, identity="0" * 64, active=active)
        try:
            await act_on_register(
                place, rc.RegisterStaff(people=(told,)), by, f"{named}-by-{by.person}-{active}"
            )
        except Refused as refused:
            return refused.code
        return ""

    # One other alone could not sign as two: then whoever serves nowhere is made first, by whom there is.
    assert await make("admin-7") == "identity-missing"
    await register_staff(place, f.person("admin-3", "admin"))
    assert await make("admin-8") == "registrar-makes-registrars"
    assert await make("admin-3") == "registrar-makes-registrars", "another address makes another of them"
    assert await make("admin-3", active=False) == "registrar-makes-registrars", "then no two others are left"
    assert await make(BOTH.person) == "identity-missing", "themselves"
    assert await make("admin-9", f.actor("admin-1")) == "identity-missing"
    change = r.ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref("why"))
    await register_staff(place, f.person("officer-3", "officer"))
    assert code(await decide(place, act(ROUND, change, f.SUPERVISOR, "change"))) == ""
    assert await make("admin-10") == "registrar-makes-registrars", "nor once they have left the post"
