"""Databases of tests: made as a stack makes its own, and what tests do as their superuser, which no process is."""

from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.database.migrate import migrate
from runtime.data_folder import find_running_stack
from runtime.databases import Databases
from runtime.endpoints import Endpoints
from runtime.logins import Login
from runtime.settings import Settings
from starter.people.founding import found_installation


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
    stack = find_running_stack(data)
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


async def prepare_local(databases: Databases) -> None:
    """Migrate the database of a stack, and found the installation as one where acts count without a signature."""
    await migrate(databases.url(Login.MIGRATOR), logins=databases.urls())
    await found_installation(databases, "http://localhost:8700", local=True)


async def found_local(url: str) -> None:
    """Found an installation as local in a database that was migrated, as its superuser."""
    await found_installation(for_everyone(url), "http://localhost:8700", local=True)


async def drop_database(url: str) -> None:
    """Drop a test's own database, with whatever is still connected to it: thousands of them would fill the disk."""
    name = conninfo_to_dict(url)["dbname"]
    elsewhere = make_conninfo(url, dbname="postgres")
    async with await psycopg.AsyncConnection.connect(elsewhere, autocommit=True) as connection:
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
