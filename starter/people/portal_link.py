"""A link by which somebody signs in at the portal of a local installation: once, within an hour."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import NamedTuple

from ledger.database.store import RECORDER_ROLE
from ledger.people.portal_sessions import link_for
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.errors import StackError
from runtime.logins import Login

ONLY_LOCAL = (
    "Links are for local installations; here people sign in with the passkeys that they enrolled: open the portal's "
    "address."
)


class SignInLink(NamedTuple):
    """An address, and until when it counts."""

    address: str
    until: datetime


async def make_sign_in_link(databases: Databases, origin: str) -> SignInLink:
    """Return a new link by which somebody signs in as anyone. Raises StackError as `make_sign_in_links`."""
    (link,) = await make_sign_in_links(databases, origin, ("",))
    return link


async def make_sign_in_links(databases: Databases, origin: str, people: Sequence[str]) -> list[SignInLink]:
    """Return a new link for each of these people, who alone can use it; one for nobody by name is anyone's.

    Links are stored hashed, and printed by who runs the servers. Raises StackError not-local, or login-missing
    without the worker's login.
    """
    ledger = await Ledger.connect(databases.url(Login.WORKER), role=RECORDER_ROLE, size=1)
    try:
        if not (await ledger.keys.get_founding()).local:
            raise StackError("not-local", ONLY_LOCAL)
        made = []
        for person in people:
            link = link_for(token_urlsafe(24), person)
            until = await ledger.portal_sessions.offer_link(link)
            made.append(SignInLink(f"{origin}/sign-in/link/{link}", until))
        return made
    finally:
        await ledger.close()
