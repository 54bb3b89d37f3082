"""How often somebody may try to sign in and come to nothing: by network, and by person within it.

Nothing is counted for all, and none of it keeps a right signature out: there is nothing to guess behind a key, and
whoever is counted with others, as behind the one address of a campus, signs in whatever these try. What asks the
provider of sign-ins is counted apart from what is tried with keys, codes and links.
"""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Protocol

OF_NETWORK = 600
"""Attempts of one network that come to nothing within ten minutes [D]; the time is the database's."""
OF_PERSON = 20
"""Of these, how many name one person [D]."""
LINE = 56
"""Bits of an IPv6 address that stand for one line of one provider [D]."""


class Counted(Protocol):
    """What keeps the count: the record's database (ledger/people/portal_entering.py)."""

    async def count(self, whose: str, most: int) -> bool:
        """Count one more, and tell whether there were so many at most."""

    async def forget(self, whose: str) -> None:
        """Count one less."""


class Attempts:
    """Counts what came to nothing."""

    def __init__(self, counted: Counted, of_network: int = OF_NETWORK, of_person: int = OF_PERSON) -> None:
        self._counted = counted
        self._of_network = of_network
        self._of_person = of_person

    async def miss(self, address: str, person: str) -> bool:
        """Count an attempt that came to nothing, and tell whether its answer may say so.

        Raises LedgerError while the record is away.
        """
        network = network_of(address)
        if not await self._counted.count(network, self._of_network):
            return False
        return await self._counted.count(f"{network} {person}", self._of_person)

    async def begin(self, address: str) -> bool:
        """Count what asks the provider before it is known what comes of it, and tell whether it may go on."""
        return await self._counted.count(_at_provider(address), self._of_network)

    async def give_back(self, address: str) -> None:
        """Count one that was begun less: it came to something."""
        await self._counted.forget(_at_provider(address))


def _at_provider(address: str) -> str:
    return f"provider {network_of(address)}"


def network_of(address: str) -> str:
    """Return what stands for one visitor: of IPv6, where each has as many addresses as they like, their network.

    It is as large as providers give to one line (56 bits), of which a visitor may use any part.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address) or found.ipv4_mapped is not None:
        return str(found if not isinstance(found, IPv6Address) else found.ipv4_mapped)
    return str(ip_network((found, LINE), strict=False))
