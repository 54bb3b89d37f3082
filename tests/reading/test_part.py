"""Whatever a part of the service does, it looks first at who reads, and again where a read goes on."""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from ledger.record import Ledger
from reading.access.memory import Memory
from reading.access.part import Part
from reading.access.source import Source
from reading.access.subject import Means, Subject
from selection.decision.facts import PersonFact
from selection.refusals.refused import Refused

WHO = Subject(fact=PersonFact(person="expert-1", roles={}), session="key-1", means=Means.SESSION)


class Ending(Source):
    """A record whose reader's session ends after so many looks at it."""

    def __init__(self, looks: int) -> None:
        super().__init__(cast("Ledger", None), cast("Memory", self))
        self.left = looks

    async def check_now(self, subject: Subject) -> None:
        if not self.left:
            raise Refused("signature-key")
        self.left -= 1


class CountedPart(Part):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.read = 0

    async def get(self, subject: Subject, number: int, *, more: int = 0) -> int:
        self.read += 1
        return number + more

    async def watch(self, subject: Subject) -> AsyncIterator[int]:
        while True:
            self.read += 1
            yield self.read


async def test_nothing_is_read_for_who_is_turned_away() -> None:
    open_, shut = CountedPart(Ending(1)), CountedPart(Ending(0))
    assert await open_.get(WHO, 1, more=2) == 3
    with pytest.raises(Refused):
        await shut.get(WHO, 1)
    with pytest.raises(Refused):
        await anext(shut.watch(WHO))
    assert shut.read == 0


async def test_who_watches_is_looked_at_before_each_look() -> None:
    part = CountedPart(Ending(3))
    looks = part.watch(WHO)
    assert [await anext(looks), await anext(looks)] == [1, 2]
    with pytest.raises(Refused, match="signature-key"):
        await anext(looks)


async def test_who_watches_is_looked_at_again_though_a_request_remembers_them() -> None:
    class Remembering(Ending):
        async def check(self, subject: Subject) -> None:
            """Known of this subject already."""

    looks = CountedPart(Remembering(1)).watch(WHO)
    assert await anext(looks) == 1
    with pytest.raises(Refused, match="signature-key"):
        await anext(looks)


def test_a_function_that_could_not_wait_for_it_is_no_part_of_the_service() -> None:
    with pytest.raises(TypeError, match="without waiting"):

        class Hasty(Part):
            def get(self, subject: Subject) -> int:
                return 1
