"""Checkpoints stamped by a real time stamp service, which may be away, and may answer anything."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from activities.time_stamps import AGAIN_AFTER, LOOK_EVERY, Stamper, StampRefused, ask_stamp
from runtime.embedded.ports import free_port
from selection.transparency.note import Note
from tests.ledger.support.signer_bench import LATER, Bench
from tests.ledger.support.time_stamp_service import make_service, openssl, serving
from tests.needing import needs_openssl

pytestmark = needs_openssl


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tsa")
    make_service(made)
    return made


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


async def finish(stamper: Stamper) -> None:
    assert stamper._task is not None
    await stamper._task


async def test_a_checkpoint_is_stamped_so_that_openssl_agrees(bench: Bench, folder: Path) -> None:
    port = free_port()
    service = f"http://127.0.0.1:{port}/tsr"
    stamper = Stamper(service, bench.checkpoints)
    for size in (2, 3):
        await bench.grow(size)
        await bench.turn()
    with serving(folder, port):
        stamper.nudge(LATER)
        await finish(stamper)
    listed = await bench.ledger.checkpoints.list_stored("r")
    assert [(one.size, one.services) for one in listed] == [(2, ()), (3, (service,))]
    (stamp,) = await bench.ledger.checkpoints.read_stamps("r", 3)
    (folder / "kept.tsr").write_bytes(stamp.token)
    (folder / "text").write_text(Note.parse(listed[1].note).text, "utf-8")
    verify = ("ts", "-verify", "-data", "text", "-in", "kept.tsr", "-CAfile", "tsa.pem")
    assert openssl(folder, *verify).returncode == 0
    (folder / "text").write_text(Note.parse(listed[0].note).text, "utf-8")
    assert openssl(folder, *verify).returncode != 0


async def test_a_service_that_is_away_holds_nothing_up_and_is_asked_again(bench: Bench, folder: Path) -> None:
    port = free_port()
    stamper = Stamper(f"http://127.0.0.1:{port}/", bench.checkpoints)
    await bench.grow(2)
    await bench.turn()
    stamper.nudge(LATER)
    await bench.grow(3)
    assert await bench.turn() == {}
    assert await bench.sizes() == [2, 3]
    await finish(stamper)
    with serving(folder, port):
        stamper.nudge(LATER + AGAIN_AFTER - timedelta(seconds=1))
        await finish(stamper)
        assert await bench.ledger.checkpoints.read_stamps("r", 3) == []
        stamper.nudge(LATER + AGAIN_AFTER)
        await finish(stamper)
    assert len(await bench.ledger.checkpoints.read_stamps("r", 3)) == 1


async def test_a_service_that_never_answers_is_let_go(bench: Bench) -> None:
    silent = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    with pytest.raises(StampRefused, match="does not answer"):
        await asyncio.to_thread(ask_stamp, f"http://127.0.0.1:{port}/", b"text", timedelta(seconds=0.3))
    silent.close()


async def test_a_service_that_leads_elsewhere_is_not_followed(folder: Path) -> None:
    requests: list[bytes] = []

    async def lead_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readuntil(b"\r\n"))
        address = f"http://127.0.0.1:{writer.get_extra_info('sockname')[1]}/elsewhere"
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    leading = await asyncio.start_server(lead_on, "127.0.0.1", 0)
    port = leading.sockets[0].getsockname()[1]
    with pytest.raises(StampRefused, match="does not answer"):
        await asyncio.to_thread(ask_stamp, f"http://127.0.0.1:{port}/here", b"text")
    assert requests == [b"POST /here HTTP/1.1\r\n"]
    leading.close()


async def test_what_does_not_answer_the_request_is_not_kept(folder: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"

    async def expect_refusal(match: str, answer: bytes) -> None:
        service.answer = answer
        with pytest.raises(StampRefused, match=match):
            await asyncio.to_thread(ask_stamp, url, b"text")

    with serving(folder, port) as service:
        whole = await asyncio.to_thread(ask_stamp, url, b"text")
        await expect_refusal("something else", whole)  # an earlier answer: another nonce
        service.answer = None
        await asyncio.to_thread(ask_stamp, url, b"other text")
        await expect_refusal("something else", service.last)
        for garbage in (b"", b"garbage", whole[: len(whole) // 2], bytes.fromhex("30053003020102")):
            await expect_refusal("no time stamp|status", garbage)
        await expect_refusal("too long", bytes(70_000))
    assert LOOK_EVERY < AGAIN_AFTER
