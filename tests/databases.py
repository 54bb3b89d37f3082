"""Past the logins: what tests do to a database as its superuser, which no process of the program is."""

from pathlib import Path

from runtime.data_folder import running_stack
from runtime.databases import Databases
from runtime.endpoints import Endpoints
from runtime.logins import Login
from runtime.settings import Settings


def superuser(databases: Databases) -> str:
    """The URL of the superuser of an embedded database."""
    assert databases.passwords is not None
    password = (databases.passwords.parent / "postgres" / "password").read_text(encoding="ascii").strip()
    return f"postgresql://selection:{password}@{databases.place}"


def superuser_on(data: Path) -> str:
    """The same for the stack that runs on a data folder."""
    return superuser(Databases.find(Settings(data=data)))


def variables_on(data: Path, *logins: Login) -> dict[str, str]:
    """The variables that name the servers of the stack on a data folder to a process elsewhere."""
    stack = running_stack(data)
    assert stack is not None
    found = Databases.find(Settings(data=data)).environment(*logins)
    keys = f"@{Settings(data=data).payload_key_file}"
    return {**found, "TEMPORAL_ADDRESS": stack.temporal_address, "SELECTION_PAYLOAD_KEYS": keys}


def for_everyone(url: str) -> Databases:
    """One login for every part, where the parts' rights are not what is tested."""
    return Databases(given=dict.fromkeys(Login, url))


def as_superuser(ends: Endpoints) -> Endpoints:
    """The parts of an embedded stack, with the superuser in the place of every login."""
    return ends.model_copy(update={"databases": for_everyone(superuser(ends.databases))})
