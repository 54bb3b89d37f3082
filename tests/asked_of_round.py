"""What a workflow's history and its replay would tell of a decision of a round in memory."""

from datetime import datetime
from typing import Any

from activities.messages import Answer, DecideRequest
from audit.histories.messages import Exchange
from selection.decision.machine import Act, Carry, Settle, Task
from selection.decision.making import Outcome
from selection.kernel.leaf import leaf_hash
from selection.projections.standing import measure_standing
from selection.recommendation.message_ids import is_to_carry
from selection.streams import aggregate


def make_exchange(
    task: Task, stream: str, at: datetime, first: int, seq: int, outcome: Outcome[Any]
) -> Exchange:
    """Return what was asked and answered; a report is asked of nobody, and has an answer alone."""
    last, refused = outcome.leaves[-1], outcome.refused
    answer = Answer(
        command_id=str(last.data["command_id"]),
        at=last.at,
        first=first,
        seq=seq,
        hashes=tuple(leaf_hash(body).hex() for body in outcome.bodies),
        recorded=last.recorded,
        register_size=last.register_size,
        code=refused.code if refused else "",
        params=refused.params if refused else {},
        tells={
            str(leaf.data["application"]): leaf.version
            for leaf in outcome.leaves
            if stream.startswith("recommender/") and is_to_carry(leaf)
        },
        standing=measure_standing(aggregate(stream), outcome.state, outcome.facts),
    )
    request = _request(task, stream, at)
    body = request.model_dump_json().encode() if request else b""
    return Exchange(f"{stream}@run#{first}", "run", body, answer.model_dump_json().encode())


def _request(task: Task, stream: str, at: datetime) -> DecideRequest | None:
    match task:
        case Act():
            return DecideRequest(stream=stream, at=at, body=task.envelope.model_dump_json().encode())
        case Carry():
            return DecideRequest(stream=stream, at=at, carry=task.decision)
        case Settle():
            return DecideRequest(stream=stream, at=at)
    return None
