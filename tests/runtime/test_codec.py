import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    WorkflowSerializationContext,
)

from runtime.endpoints import find_keys
from runtime.errors import StackError
from runtime.private_files import write_private
from runtime.settings import Settings
from runtime.temporal.codec import AesGcmCodec, new_key_ring, parse_keys
from runtime.temporal.plugin import data_converter

OLD, NEW = b"o" * 32, b"n" * 32
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=b'"canary"')


async def test_what_was_encrypted_is_decrypted_and_does_not_show() -> None:
    codec = AesGcmCodec({"new": NEW})
    (sealed,) = await codec.encode([PLAIN])
    assert b"canary" not in sealed.SerializeToString()
    assert sealed.metadata["key-id"] == b"new"
    assert await codec.decode([sealed]) == [PLAIN]


async def test_equal_payloads_are_encrypted_differently() -> None:
    first, second = await AesGcmCodec({"new": NEW}).encode([PLAIN, PLAIN])
    assert first.data != second.data


async def test_a_new_first_key_still_reads_what_the_old_one_wrote() -> None:
    (sealed,) = await AesGcmCodec({"old": OLD}).encode([PLAIN])
    after = AesGcmCodec({"new": NEW, "old": OLD})
    assert await after.decode([sealed]) == [PLAIN]
    assert (await after.encode([PLAIN]))[0].metadata["key-id"] == b"new"


async def test_a_payload_from_before_encryption_is_read_until_the_day_that_was_set() -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for until in (None, tomorrow):
        assert await AesGcmCodec({"new": NEW}, until).decode([PLAIN]) == [PLAIN]
    [refused] = await AesGcmCodec({"new": NEW}, tomorrow - timedelta(days=2)).decode([PLAIN])
    assert refused.metadata["encoding"] == b"binary/not-encrypted"


@pytest.mark.parametrize("place", [("n", "other"), ("other", "w"), ("nw", "")])
async def test_a_payload_is_read_in_its_own_workflow_alone(place: tuple[str, str]) -> None:
    codec = AesGcmCodec({"new": NEW})
    own = codec.with_context(WorkflowSerializationContext(namespace="n", workflow_id="w"))
    [sealed] = await own.encode([PLAIN])
    of_activity = ActivitySerializationContext(
        namespace="n",
        workflow_id="w",
        activity_id="a",
        activity_type="t",
        activity_task_queue="q",
        workflow_type="t",
        is_local=True,
    )
    for same in (own, codec.with_context(of_activity)):
        assert await same.decode([sealed]) == [PLAIN]
    elsewhere = codec.with_context(WorkflowSerializationContext(namespace=place[0], workflow_id=place[1]))
    for other in (elsewhere, codec):
        assert await other.decode([sealed]) == [sealed]


async def test_a_missing_key_is_said() -> None:
    (sealed,) = await AesGcmCodec({"old": OLD}).encode([PLAIN])
    with pytest.raises(ValueError, match="SELECTION_PAYLOAD_KEYS"):
        await AesGcmCodec({"new": NEW}).decode([sealed])


async def test_an_altered_payload_or_key_id_is_not_read() -> None:
    codec = AesGcmCodec({"new": NEW, "twin": NEW})
    (sealed,) = await codec.encode([PLAIN])
    altered = Payload(metadata=sealed.metadata, data=sealed.data[:-1] + bytes([sealed.data[-1] ^ 1]))
    renamed = Payload(metadata={**sealed.metadata, "key-id": b"twin"}, data=sealed.data)
    short = Payload(metadata=sealed.metadata, data=sealed.data[:5])
    assert await codec.decode([altered, renamed, short]) == [altered, renamed, short]


def test_every_new_key_is_another(tmp_path: Path) -> None:
    rings = [parse_keys(new_key_ring()) for _ in range(2)]
    assert len({key for ring in rings for key in ring.values()}) == 2


def test_keys_are_those_of_the_settings_or_of_the_embedded_temporal(tmp_path: Path) -> None:
    own = Settings(data=tmp_path)
    assert find_keys(own) is None
    own.payload_key_file.parent.mkdir()
    write_private(own.payload_key_file, f"own:{base64.b64encode(OLD).decode()}\n".encode())
    assert own.payload_key_file.stat().st_mode & 0o077 == 0
    assert find_keys(own) == {"own": OLD}
    named = own.model_copy(update={"payload_keys": f"new:{base64.b64encode(NEW).decode()}"})
    assert find_keys(named) == {"new": NEW}
    assert find_keys(own.model_copy(update={"payload_keys": "none"})) is None
    assert find_keys(Settings(payload_keys=f"@{own.payload_key_file}")) == {"own": OLD}
    elsewhere = Settings.from_environment(
        {"SELECTION_DATA": str(tmp_path), "TEMPORAL_ADDRESS": "127.0.0.1:1"}
    )
    assert find_keys(elsewhere) is None
    with pytest.raises(StackError, match="settings-wrong"):
        find_keys(Settings(payload_keys=f"@{tmp_path / 'none'}"))


def test_a_key_ring_keeps_its_order() -> None:
    text = f"new:{base64.b64encode(NEW).decode()}, old:{base64.b64encode(OLD).decode()}"
    assert list(parse_keys(text).items()) == [("new", NEW), ("old", OLD)]


@pytest.mark.parametrize("text", ["", "new", "new:", "new:c2hvcnQ=", f"new:{'é' * 43}", f":{'A' * 43}="])
def test_a_wrong_key_ring_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(StackError) as refused:
        parse_keys(text)
    assert refused.value.code == "settings-wrong"
    assert text == "" or text not in str(refused.value)


@dataclass
class Word:
    text: str


async def test_the_converter_encrypts_only_with_keys_and_failure_texts_too() -> None:
    assert data_converter() is data_converter()
    assert data_converter().payload_codec is None
    converter: DataConverter = data_converter({"new": NEW})
    payloads = await converter.encode([Word("canary")])
    assert b"canary" not in payloads[0].SerializeToString()
    assert await converter.decode(payloads, [Word]) == [Word("canary")]
