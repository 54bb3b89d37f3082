"""A core of three events, so that the record is tested without the rules of the process."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.letters.writing import Letter, Message
from selection.projections.open_tasks import OpenTask
from selection.register.state import INSTALLATION, RegisterState
from selection.streams import REGISTER

AT = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
OFFICER = Actor(person="p-officer", role=Role.OFFICER)


class State(Frozen):
    stream: str
    stage: str = "open"
    acts: int = 0
    note: str = ""


class Row(Frozen):
    stage: str
    acts: int


class Counting:
    """Every leaf counts; `stage`, `note`, `letters` and `messages` in its data do what they say."""

    def initial(self, stream: str) -> State:
        return State(stream=stream)

    def evolve(self, state: State, leaf: Leaf) -> State:
        changes: dict[str, Any] = {key: leaf.data[key] for key in ("stage", "note") if key in leaf.data}
        return state.model_copy(update={**changes, "acts": state.acts + 1})

    def load(self, text: str) -> State:
        return State.model_validate_json(text)

    def dump(self, state: State) -> str:
        return state.model_dump_json()


class StandIn:
    """The core's functions over Counting; the installation's stream is the core's own."""

    version = "stand-in"

    def aggregate(self, stream: str) -> Any:
        return REGISTER if stream == INSTALLATION else Counting()

    def row_of(self, state: State) -> Row:
        return Row(stage=state.stage, acts=state.acts)

    def tasks_of(self, state: State | RegisterState) -> Sequence[OpenTask]:
        if isinstance(state, RegisterState) or state.stage == "ended":
            return ()
        task = OpenTask(
            key=f"act-in/{state.stage}",
            kind="act",
            role=Role.EXPERT,
            person="p-1",
            unit=None,
            since=AT,
            until=AT + timedelta(days=1),
        )
        return (task,)

    def deadlines_of(self, state: State) -> dict[str, datetime]:
        return {"submission": AT + timedelta(days=state.acts)}

    def list_outgoing(self, before: State, leaf: Leaf, after: State) -> Sequence[Letter | Message]:
        letters = [Letter.model_validate(item) for item in leaf.data.get("letters", ())]
        messages = [Message.model_validate(item) for item in leaf.data.get("messages", ())]
        return [*letters, *messages]


def leaf(stream: str, version: int, **data: Any) -> Leaf:
    """Build a leaf of the stand-in."""
    command_id = data.pop("command_id", f"{stream}-{version}")
    return Leaf(
        type="stand-in.counted.v1",
        stream=stream,
        version=version,
        actor=OFFICER,
        at=AT,
        recorded=AT,
        register_size=0,
        rules="",
        data={"command_id": command_id, **data},
    )


def letter(key: str, **more: Any) -> dict[str, Any]:
    """Build a letter as it stands in a leaf of the stand-in."""
    body = {"key": key, "to": "p-1", "template": "told", "params": {}, **more}
    return Letter.model_validate(body).model_dump(mode="json")
