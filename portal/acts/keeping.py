"""What a page has prepared and keeps until it is signed, by the id in the address."""

from typing import TypeVar

from pydantic import ValidationError

from portal.faults import Fault
from portal.visit import Visit
from selection.kernel.model import Frozen

Shown = TypeVar("Shown", bound=Frozen)


async def find_kept(visit: Visit, model: type[Shown]) -> tuple[Shown, bool, bool]:
    """Return it, whether it was sent, and whether it is too old.

    Raises Fault for another session's, and for what is of another model: that has a page of its own.
    """
    kept = await visit.reach.work.read_act(visit.signed_in, visit.request.path_params["id"])
    if kept is None:
        raise Fault("hidden", 404)
    try:
        return model.model_validate_json(kept.body), kept.sent, kept.expired
    except ValidationError:
        raise Fault("hidden", 404) from None
