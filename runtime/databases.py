"""Where the record's database is, for each login: in the environment, or in the data folder of a stack that runs."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from runtime.data_folder import DataFolder, find_running_stack
from runtime.errors import StackError
from runtime.logins import Login
from runtime.private_files import make_private_folder, write_private
from runtime.settings import Part, Settings
from runtime.transport import require_closed

NO_DATABASE = "No stack runs on {data}. Start one with `selection up`, or name a server with {variable}."


class Databases(BaseModel):
    """The URLs of the logins as `given`, or the embedded database at `place` and the folder of its passwords.

    A password is read when its login is asked for: no process holds one that it does not use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    given: Mapping[Login, str] = Field(default_factory=dict, repr=False)
    place: str | None = None
    passwords: Path | None = None

    @classmethod
    def find(cls, settings: Settings) -> Self:
        """Take what the settings name, or the database of the stack that runs on the data folder.

        Raises StackError server-unreachable if neither is there, plaintext-refused if what is named is open.
        """
        if settings.databases:
            require_closed(settings, Part.POSTGRES)
            return cls(given=settings.databases)
        stack = find_running_stack(settings.data)
        if stack is None or stack.database is None:
            missing = NO_DATABASE.format(data=settings.data, variable=Login.READER.variable)
            raise StackError("server-unreachable", missing)
        return cls(place=stack.database, passwords=DataFolder(settings.data.absolute()).passwords)

    def url(self, login: Login) -> str:
        """Return the URL of a login, password included: never log it. Raises StackError login-missing."""
        if login in self.given:
            return self.given[login]
        if self.passwords is None:
            raise StackError("login-missing", f"This needs the login of the {login}: set {login.variable}.")
        try:
            password = (self.passwords / login).read_text(encoding="ascii")
        except OSError as exc:
            raise StackError(
                "login-missing",
                f"The password of the {login} cannot be read from {self.passwords / login} ({exc.strerror}): "
                "run this as the user who started the stack.",
            ) from exc
        return f"postgresql://{login}:{password}@{self.place}"

    def find_url(self, login: Login) -> str | None:
        """Return the URL of a login, None where this process was not given it."""
        return self.url(login) if login in self.given or self.passwords else None

    def urls(self) -> dict[Login, str]:
        """Return the URL of every login: all of the embedded database's, or those that were given."""
        return {login: self.url(login) for login in (self.given or Login)}

    def environment(self, *logins: Login) -> dict[str, str]:
        """Give the variables of these logins, as far as they are known, and take every other away."""
        known = {login: self.find_url(login) or "" for login in logins}
        return {login.variable: known.get(login, "") for login in Login}


def make_password(folder: Path, login: Login) -> str:
    """Return the password of a login in a file of its own, which the first call makes for its owner alone."""
    make_private_folder(folder)
    file = folder / login
    if not file.exists():
        write_private(file, secrets.token_urlsafe(24).encode())
    return file.read_text(encoding="ascii")
