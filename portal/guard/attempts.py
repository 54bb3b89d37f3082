"""How often somebody may try to sign in: counted in this process, by address and altogether."""

import time
from collections import OrderedDict, deque

WITHIN = 600.0
"""Seconds [D]."""
OF_ONE = 20
"""Attempts of one address within that time [D]."""
OF_ALL = 600
"""Attempts altogether [D]: whoever has many addresses is slowed down as well."""
ADDRESSES = 10_000
"""Addresses that are remembered; the one that tried least lately makes room."""


class Attempts:
    """Counts what was tried. A person who signs in is forgotten."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def is_allowed(self, address: str) -> bool:
        """Tell whether one more is allowed, and count it if so."""
        now = time.monotonic()
        own = self._of.setdefault(address, deque())
        self._of.move_to_end(address)
        while len(self._of) > ADDRESSES:
            self._of.popitem(last=False)
        for kept in (own, self._all):
            while kept and kept[0] < now - WITHIN:
                kept.popleft()
        if len(own) >= OF_ONE or len(self._all) >= OF_ALL:
            return False
        own.append(now)
        self._all.append(now)
        return True

    def forget(self, address: str) -> None:
        """Forget what an address tried."""
        self._of.pop(address, None)
