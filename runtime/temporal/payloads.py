"""The payloads of a message: found at any depth, and decrypted for who keeps it without keys."""

import json
from collections.abc import Iterator
from typing import TypeVar

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client
from temporalio.converter import DataConverter, PayloadCodec, WorkflowSerializationContext

from runtime.temporal.codec import ENCODING

M = TypeVar("M", bound=Message)


def converter_of(client: Client, workflow_id: str) -> DataConverter:
    """Return the client's converter for the payloads of one workflow."""
    context = WorkflowSerializationContext(namespace=client.namespace, workflow_id=workflow_id)
    return client.data_converter.with_context(context)


async def decrypt(message: Message, codec: PayloadCodec | None) -> None:
    """Decrypt every payload in a message in place, and let its failures say again what they said.

    What is not authentic stays as it is. Raises ValueError if a key is missing.
    """
    if codec is None:
        return
    for payload in payloads_in(message):
        if payload.metadata.get("encoding") == ENCODING:
            [plain] = await codec.decode([payload])
            payload.CopyFrom(plain)
    for failure in list(_find(message, Failure)):
        _restore(failure)


def payloads_in(message: Message) -> list[Payload]:
    """Return every payload in a message, at any depth."""
    return list(_find(message, Payload))


def _find(message: Message, kind: type[M]) -> Iterator[M]:
    if isinstance(message, kind):
        yield message
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if not field.is_repeated:
            parts = [value]
        elif field.message_type.GetOptions().map_entry:
            parts = [part for part in value.values() if isinstance(part, Message)]
        else:
            parts = list(value)
        for part in parts:
            yield from _find(part, kind)


def _restore(failure: Failure) -> None:
    """Put back the texts that the failure converter put into a payload, to be encrypted."""
    if (
        not failure.HasField("encoded_attributes")
        or failure.encoded_attributes.metadata.get("encoding") == ENCODING
    ):
        return
    said = json.loads(failure.encoded_attributes.data)
    failure.message, failure.stack_trace = said.get("message", ""), said.get("stack_trace", "")
    failure.ClearField("encoded_attributes")
