"""The logins of the record's database: one for each part, so that none can do another's work."""

from enum import StrEnum


class Login(StrEnum):
    """A part that reaches the database by a login of its own."""

    READER = "reader"
    """Clients: the command line."""
    WORKER = "worker"
    ERASER = "eraser"
    """Beside the worker's, for who may erase people."""
    SIGNER = "signer"
    AUDITOR = "auditor"
    PORTAL = "portal"
    """A client's, and who is signed in at the portal."""
    MIGRATOR = "migrator"
    """Owns the database and makes the others; no process that runs for long has it."""

    @property
    def variable(self) -> str:
        """The environment variable that holds this login's URL."""
        own = "" if self is Login.READER else f"{self.upper()}_"
        return f"SELECTION_{own}DATABASE_URL"
