"""What an act sends, as rows of the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from selection.decision.reference import Decision
from selection.kernel.leaf import Leaf
from selection.letters.writing import Broadcast, Letter, Message, Outgoing, Touch, Wake
from selection.register.state import INSTALLATION

KINDS = {Letter: "letter", Message: "message", Wake: "wake"}


def message_id(stream: str, version: int, key: str) -> str:
    """Return the Message-ID of a letter: the same however often it is sent (RFC 5322 section 3.6.4)."""
    digest = sha256(f"{stream}/{version}/{key}".encode()).hexdigest()
    return f"<{digest[:40]}@center-selection>"


def outbox_items(leaf: Leaf, causes: Sequence[Outgoing]) -> list[dict[str, Any]]:
    """Return the rows for what one leaf causes, without those of which only the record can tell."""
    items = []
    for cause in causes:
        if isinstance(cause, Broadcast | Touch):
            continue
        body = cause.model_dump(mode="json")
        kind = KINDS[type(cause)]
        key = _key_of_wake(cause, leaf) if isinstance(cause, Wake) else cause.key
        items.append(
            {
                "version": leaf.version,
                "key": key,
                "kind": kind,
                "body": body,
                "message_id": message_id(leaf.stream, leaf.version, key),
                "task": body.get("task"),
                "due": body.get("due"),
            }
        )
    return items


def _key_of_wake(wake: Wake, leaf: Leaf) -> str:
    """Return the key of a wake, with its round where an entry of the register wakes several."""
    return f"wake/{wake.round}/{wake.stage}" if leaf.stream == INSTALLATION else f"wake/{wake.stage}"


def broadcast_letters(broadcast: Broadcast, people: Mapping[str, str]) -> list[Letter]:
    """Return a broadcast as one letter to each of these people but those who have one of their own.

    Of each the unit is known whose task the letter tells of; empty where it tells of none, or of several.
    """
    return [
        Letter(
            key=f"{broadcast.key}/{person}",
            to=person,
            template=broadcast.template,
            params={**broadcast.params, **({"unit": people[person]} if people[person] else {})},
        )
        for person in sorted(people.keys() - set(broadcast.besides))
    ]


def touch_messages(leaf: Leaf, streams: Iterable[str]) -> list[Message]:
    """Return the messages by which these applications look at what an entry of the register binds."""
    decision = Decision(stream=leaf.stream, version=leaf.version)
    return [Message(key=f"touch/{stream}", workflow_id=stream, decision=decision) for stream in streams]
