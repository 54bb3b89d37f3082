"""What the stack asks of a server that it runs."""

from typing import Protocol


class Server(Protocol):
    """What the stack asks of PostgreSQL, Temporal and the mail sink."""

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""

    async def start(self) -> None:
        """Start and wait until it is ready."""

    async def stop(self) -> None:
        """End in order."""

    def kill(self) -> None:
        """End as in a crash."""

    def require_running(self) -> None:
        """Raise StackBroken if it ended by itself."""
