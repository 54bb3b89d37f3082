import base64
from dataclasses import dataclass

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter

from runtime.errors import StackError
from runtime.temporal.codec import AesGcmCodec, parse_keys
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


async def test_a_payload_from_before_encryption_is_read_as_it_is() -> None:
    assert await AesGcmCodec({"new": NEW}).decode([PLAIN]) == [PLAIN]


async def test_a_missing_key_is_said() -> None:
    (sealed,) = await AesGcmCodec({"old": OLD}).encode([PLAIN])
    with pytest.raises(ValueError, match="SELECTION_PAYLOAD_KEYS"):
        await AesGcmCodec({"new": NEW}).decode([sealed])


async def test_an_altered_payload_or_key_id_is_refused() -> None:
    codec = AesGcmCodec({"new": NEW, "twin": NEW})
    (sealed,) = await codec.encode([PLAIN])
    altered = Payload(metadata=sealed.metadata, data=sealed.data[:-1] + bytes([sealed.data[-1] ^ 1]))
    renamed = Payload(metadata={**sealed.metadata, "key-id": b"twin"}, data=sealed.data)
    for wrong in (altered, renamed):
        with pytest.raises(ValueError, match="altered"):
            await codec.decode([wrong])


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
