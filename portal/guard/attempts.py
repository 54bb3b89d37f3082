"""How often somebody may try to sign in, or be asked to: counted in this process, by address and altogether."""

import time
from collections import OrderedDict, deque
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

WITHIN = 600.0
"""Seconds [D]."""
OF_ONE = 20
"""Attempts of one address within that time [D]."""
OF_ALL = 600
"""Attempts altogether [D]: whoever has many addresses is slowed down as well."""
ASKED_OF_ONE = 200
"""Questions of one address within that time [D]: an office may have one address for all."""
ASKED_OF_ALL = 9_000
"""Questions altogether [D]: fewer than may wait, so that none is pushed out before it has run out."""
ADDRESSES = 10_000
"""Addresses that are remembered; the one that tried least lately makes room."""


class Attempts:
    """Counts what was tried, `of_one` address and `of_all`. A person who signs in is forgotten."""

    def __init__(self, of_one: int = OF_ONE, of_all: int = OF_ALL) -> None:
        self._of_one = of_one
        self._of_all = of_all
        self._of: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def is_allowed(self, address: str) -> bool:
        """Tell whether one more is allowed, and count it if so."""
        now, address = time.monotonic(), _network_of(address)
        own = self._of.setdefault(address, deque())
        self._of.move_to_end(address)
        while len(self._of) > ADDRESSES:
            self._of.popitem(last=False)
        for kept in (own, self._all):
            while kept and kept[0] < now - WITHIN:
                kept.popleft()
        if len(own) >= self._of_one or len(self._all) >= self._of_all:
            return False
        own.append(now)
        self._all.append(now)
        return True

    def give_back(self, address: str) -> None:
        """Count one attempt of an address less: it was none."""
        if tried := self._of.get(_network_of(address)):
            with suppress(ValueError):
                self._all.remove(tried.pop())

    def forget(self, address: str) -> None:
        """Forget what an address tried, as if it had not been tried."""
        for tried in self._of.pop(_network_of(address), ()):
            with suppress(ValueError):
                self._all.remove(tried)


def _network_of(address: str) -> str:
    """Return what stands for one visitor: of IPv6, where each has as many addresses as they like, the first half."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address) or found.ipv4_mapped is not None:
        return str(found if not isinstance(found, IPv6Address) else found.ipv4_mapped)
    return found.exploded[:19]
