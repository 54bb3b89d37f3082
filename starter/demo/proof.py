"""What the demo leaves behind: the round's bundle and the public key, to be verified by whoever asks."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from activities.key_files import public_file
from reading.access.authentication import Entrance, LocalAssertion
from runtime.private_files import make_private_folder, write_private
from runtime.settings import Settings
from selection.kernel.counting import number_of
from selection.register.state import INSTALLATION
from selection.streams import archive_stream, round_stream
from starter.archive.bundling import write_bundle
from starter.client.client import SelectionClient
from starter.demo import DemoFailed
from workflows.archive import ArchiveResult

KEY = "installation.vkey"
LOOK_EVERY = timedelta(seconds=0.2)
WITHIN = timedelta(minutes=5)
"""Logs are signed within a minute; a machine that is busy takes longer."""


class Proof(NamedTuple):
    """Where bundle and public key stand."""

    bundle: Path
    key: Path


async def wait_for_archive(client: SelectionClient, round_id: str) -> None:
    """Wait until the histories are kept that the round's end had kept. Raises DemoFailed if any run is open."""
    await client.temporal.get_workflow_handle(round_stream(round_id)).result()
    # The round starts its archive last of all, before it closes.
    handle = client.temporal.get_workflow_handle(archive_stream(round_id), result_type=ArchiveResult)
    found = await handle.result()
    if found.open or found.missing:
        histories = number_of(found.open, "history is", "histories are")
        raise DemoFailed(
            f"After the end {histories} still open, {found.missing} missing.",
            f"结束后仍有 {found.open} 份历史未关闭，缺少 {found.missing} 份。",
        )


async def leave_proof(
    settings: Settings, client: SelectionClient, round_id: str, folder: Path, *, auditor: str
) -> Proof:
    """Write the auditor's bundle and the public key into a folder, over those of an earlier demo.

    Raises DemoFailed when no checkpoint covers the whole log within five minutes.
    """
    for log in (INSTALLATION, round_id):
        await wait_for_signature(client, log)
    proof = Proof(folder / f"{round_id}.zip", folder / KEY)
    await asyncio.to_thread(make_private_folder, folder)
    entrance = Entrance(client.ledger.people, client.ledger.keys)
    who = await entrance.admit(LocalAssertion(person=auditor, session="demo"))
    await write_bundle(settings, who, round_id, proof.bundle, redacted=False, tell=lambda *_: None)
    key = await asyncio.to_thread(public_file(settings.signing_key_file).read_bytes)
    await asyncio.to_thread(write_private, proof.key, key)
    return proof


async def wait_for_signature(client: SelectionClient, log: str) -> None:
    """Wait until a checkpoint covers a log as it is now. Raises DemoFailed after five minutes."""
    checkpoints, head = client.ledger.checkpoints, await client.ledger.reading.head(log)
    try:
        async with asyncio.timeout(WITHIN.total_seconds()):
            while (latest := await checkpoints.find_latest(log)) is None or latest.size < head:  # noqa: ASYNC110
                await asyncio.sleep(LOOK_EVERY.total_seconds())
    except TimeoutError:
        raise DemoFailed(
            "The signer made no checkpoint of the whole log within five minutes. Look at the worker's log.",
            "签名进程五分钟内未对整个日志生成检查点。请查看工作进程的日志。",
        ) from None
