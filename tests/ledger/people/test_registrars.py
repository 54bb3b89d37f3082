"""Who ever signed that somebody is registered: the database derives it as the audit does, from the entries alone."""

from datetime import timedelta

from audit.bundle.register import register_of
from benchmarks.in_memory.register import RegisterInMemory
from ledger.database.store import RECORDER_ROLE
from ledger.rebuild import rebuild
from ledger.record import Ledger
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.signatures import CLOSED, Signatures

PEOPLE = ("officer-3", "officer-4", "expert-1", "nobody-1")


def register_in_turn() -> list[Leaf]:
    """Two administrators register two officers in one act, one of them an expert, and an officer registers again."""
    log = RegisterInMemory(CLOSED, f.OPENED, Signatures())
    log.register([f.person(name, "admin") for name in ("admin-1", "admin-2", "admin-5", "admin-6")], f.OPENED)
    for second in ("admin-2", "admin-6"):
        log.enrol(second, f.OPENED)
    log.register_staff([f.person(name, "officer") for name in PEOPLE[:2]], f.OPENED)
    log.register([f.person("expert-1", "expert")], f.OPENED)
    by = f.actor("admin-5")
    log.register_staff(
        [f.person("officer-4", "officer", employer="91-else")], f.OPENED + timedelta(days=1), by
    )
    return log.leaves


async def test_whoever_signed_as_the_first_or_the_second_is_one_of_them_for_good(unfounded_url: str) -> None:
    leaves = register_in_turn()
    ledger = await Ledger.connect(unfounded_url, role=RECORDER_ROLE)
    for leaf in leaves:
        await ledger.record.append(INSTALLATION, INSTALLATION, [leaf])
    found = await ledger.people.list_registrars(PEOPLE)
    both = ("admin-1", "admin-2")
    assert found == {
        "officer-3": both,
        "officer-4": (*both, "admin-5", "admin-6"),
        "expert-1": ("admin-1",),
    }
    audited = register_of(map(leaf_bytes, leaves))
    assert found == {name: audited.registrars(name, len(leaves)) for name in PEOPLE[:3]}
    assert (await rebuild(unfounded_url)).equal
    assert await ledger.people.list_registrars(PEOPLE) == found
    await ledger.close()
