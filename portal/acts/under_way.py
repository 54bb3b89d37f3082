"""What the visitor signed and handed on, in whichever session of theirs, as long as it is not answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from portal.acts.bundles import Bundle, path_of_bundle
from portal.acts.prepared import PreparedAct
from portal.acts.preparing import path_of
from portal.visit import Visit
from selection.kernel.leaf import Instant


@dataclass(frozen=True)
class UnderWay:
    """One act or many that were signed together: `page` tells how far they are, and sends the rest again."""

    page: str
    kinds: tuple[str, ...]
    sent: Instant
    command_ids: tuple[str, ...]
    done: int = 0

    @property
    def total(self) -> int:
        """How many acts they are."""
        return len(self.command_ids)


async def list_under_way(visit: Visit) -> Sequence[UnderWay]:
    """Return what is not answered yet, the latest first; what waits for a second signature has its own place."""
    kept = await visit.reach.work.list_under_way(visit.signed_in)
    found = [item for row in kept if (item := _read(row.body, row.sent)) is not None]
    if not found:
        return ()
    ids = [command_id for item in found for command_id in item.command_ids]
    answered = await visit.reads.receipts.list_answers(visit.subject, ids)
    counted = [(item, sum(one in answered for one in item.command_ids)) for item in found]
    return tuple(
        UnderWay(item.page, item.kinds, item.sent, item.command_ids, done)
        for item, done in counted
        if done < item.total
    )


def _read(body: str, sent: Instant) -> UnderWay | None:
    """Return what a kept body says; None of what another release kept."""
    try:
        bundle = Bundle.model_validate_json(body)
    except ValidationError:
        try:
            one = PreparedAct.model_validate_json(body)
        except ValidationError:
            return None
        return UnderWay(path_of(one.id), (one.act.kind,), sent, (one.act.command_id,))
    ids = tuple(item.act.command_id for item in bundle.alone)
    return UnderWay(path_of_bundle(bundle.id), bundle.kinds, sent, ids)
