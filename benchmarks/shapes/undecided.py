"""The undecided shape: our workflow, and an activity that answers at once. What is left without a record."""

from temporalio import activity

from activities.messages import DECIDE, Answer, DecideRequest
from benchmarks.shapes.bare import ACTS
from selection.projections.standing import Standing


@activity.defn(name=DECIDE)
async def answer_at_once(request: DecideRequest) -> Answer:
    """Answer as the record would, without one; nothing is read, decided or written."""
    version = request.knows + 1
    return Answer(
        command_id=f"undecided/{version}",
        at=request.at,
        first=version,
        seq=version,
        hashes=("0" * 64,),
        recorded=request.at,
        register_size=1,
        standing=Standing(version=version, ended=version == ACTS, details=f"act {version}"),
    )
