"""What every part of the read service has in common: the record, and the look at who reads before anything is read."""

import inspect
from collections.abc import AsyncIterator, Callable
from functools import wraps
from typing import Any

from reading.access.source import Source
from reading.access.subject import Subject


class Part:
    """A part of the read service. Each of its public functions takes a subject, and sees first that they still are one.

    That is done here for all of them, so that none can forget it: raises Refused `login-needed` or `signature-key`.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def __init_subclass__(cls) -> None:
        """Put the look before each public function of a part. Raises TypeError for one that could not wait for it."""
        super().__init_subclass__()
        for name, function in list(vars(cls).items()):
            if callable(function) and not name.startswith("_"):
                setattr(cls, name, _guard(function))


def _guard(function: Callable[..., Any]) -> Callable[..., Any]:
    if inspect.isasyncgenfunction(function):

        @wraps(function)
        async def looks(self: Part, subject: Subject, *args: Any, **named: Any) -> AsyncIterator[Any]:
            await self._source.check(subject)
            async for found in function(self, subject, *args, **named):
                # It may go on for hours.
                await self._source.check_now(subject)
                yield found

        return looks
    if not inspect.iscoroutinefunction(function):
        raise TypeError(f"{function.__qualname__} reads without waiting for the look at who reads")

    @wraps(function)
    async def read(self: Part, subject: Subject, *args: Any, **named: Any) -> Any:
        await self._source.check(subject)
        return await function(self, subject, *args, **named)

    return read
