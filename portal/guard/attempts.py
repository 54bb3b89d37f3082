"""How often somebody may try to sign in, or be asked to: by address and altogether, for all processes together."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Literal, Protocol

OF_ONE = 20
"""Attempts of one address within ten minutes [D]; the time is the database's (`portal_attempts_count`)."""
OF_ALL = 600
"""Attempts altogether [D]: whoever has many addresses is slowed down as well."""
ASKED_OF_ONE = 200
"""Questions of one address within that time [D]: an office may have one address for all."""
ASKED_OF_ALL = 9_000
"""Questions altogether [D]: fewer than may wait, so that none is pushed out before it has run out."""
LINE = 56
"""Bits of an IPv6 address that stand for one line of one provider [D]."""
Kind = Literal["sign-in", "question"]


class Counted(Protocol):
    """What keeps the count: the record's database (ledger/people/portal_entering.py)."""

    async def count(self, kind: str, network: str, of_one: int, of_all: int) -> bool:
        """Count one more, unless a limit is reached."""

    async def forget(self, kind: str, network: str, most: int) -> None:
        """Forget the latest of a network."""


class Attempts:
    """Counts what was tried, `of_one` address and `of_all`. A person who signs in is forgotten."""

    def __init__(self, counted: Counted, kind: Kind, of_one: int, of_all: int) -> None:
        self._counted = counted
        self._kind = kind
        self._of_one = of_one
        self._of_all = of_all

    async def is_allowed(self, address: str) -> bool:
        """Tell whether one more is allowed, and count it if so. Raises LedgerError while the record is away."""
        return await self._counted.count(self._kind, network_of(address), self._of_one, self._of_all)

    async def give_back(self, address: str) -> None:
        """Count one attempt of an address less: it was none."""
        await self._counted.forget(self._kind, network_of(address), 1)

    async def forget(self, address: str) -> None:
        """Forget what an address tried, as if it had not been tried."""
        await self._counted.forget(self._kind, network_of(address), self._of_one)


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
