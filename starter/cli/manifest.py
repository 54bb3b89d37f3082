"""Many acts at once: shown before, signed once over all of them, sent side by side, each answered by itself."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import typer

from selection.decision.command import kind_of
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.wording.refusals import render_refusal
from starter.cli.failures import CommandFailed
from starter.cli.keys_at_hand import write_waiting
from starter.cli.session import Session
from starter.client.errors import ClientError

AT_ONCE = 10
"""Acts on their way at the same time."""


@dataclass(frozen=True)
class PlannedAct:
    """One of the acts. `step` parts its command id from those of the others; `shown` is its row in the list.

    `command_id` is the whole id of an act that is named by what it does, and not by the command that sends it.
    """

    stream: str
    command: Frozen
    step: str
    shown: dict[str, Any]
    command_id: str = ""


async def act_all(
    session: Session, planned: Sequence[PlannedAct], role: Role, *, yes: bool, at_once: int = AT_ONCE
) -> None:
    """Show what will be done and, once it is confirmed, do it under one signature of the person.

    `at_once` of them are on their way together; with 1 each waits for the one before. What was done before under the
    same ids is not done again. With --for-second those that two must sign are left for the second person instead, each
    in a file of its own. Raises CommandFailed `not-agreed`, `second-not-needed`; after all were sent,
    `partly-refused` where some were not taken.
    """
    actor = Actor(person=session.person, role=role)
    envelopes = [
        envelope_of(
            item.stream, item.command, actor, item.command_id or f"{session.options.command_id}.{item.step}"
        )
        for item in planned
    ]
    left = await _find_left(session, envelopes)
    _show(session, planned, envelopes)
    require_agreement(session, yes=yes)
    session.traced = True
    signed = await session.client.signing.sign_all(envelopes)
    slots = asyncio.Semaphore(at_once)
    every = list(zip(planned, signed, strict=True))
    _leave(session, [(envelope, item.step) for item, envelope in every if envelope.command_id in left])
    pairs = [(item, envelope) for item, envelope in every if envelope.command_id not in left]
    with session.out.count_parts(len(pairs), "Sending", "正在提交") as tick:
        rows = await asyncio.gather(
            *(_send(session, slots, item, envelope, tick) for item, envelope in pairs)
        )
    _answer(session, rows)


async def _find_left(session: Session, envelopes: Sequence[Envelope]) -> frozenset[str]:
    """Return the ids of the acts that are left for a second person. Raises CommandFailed `second-not-needed`."""
    if session.options.for_second is None:
        return frozenset()
    by_two = [act for act in envelopes if await session.client.signing.level(act) is Assurance.SIGNED_BY_TWO]
    if not by_two:
        raise CommandFailed("second-not-needed")
    return frozenset(act.command_id for act in by_two)


def _leave(session: Session, acts: Sequence[tuple[Envelope, str]]) -> None:
    """Write signed acts for the second person, each to a file named after --for-second and its step."""
    path = session.options.for_second
    if path is not None and acts:
        rows = [write_waiting(act, path.with_stem(f"{path.stem}-{step}")) for act, step in acts]
        session.out.rows("waits", ("file", "until"), rows, more=("command_id",))


def require_agreement(session: Session, *, yes: bool) -> None:
    """Ask a person whether what was shown is to be done. Raises CommandFailed `not-agreed`."""
    if not (yes or session.options.json or typer.confirm(_question(session), default=False)):
        raise CommandFailed("not-agreed")


def _show(session: Session, planned: Sequence[PlannedAct], envelopes: Sequence[Envelope]) -> None:
    rows = [
        {**item.shown, "act": kind_of(item.command), "digest": envelope.digest[:16]}
        for item, envelope in zip(planned, envelopes, strict=True)
    ]
    session.out.rows("manifest", tuple(rows[0]), rows)
    counts = Counter(kind_of(item.command) for item in planned)
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    session.out.say(f"{len(planned)} in all: {said}.", f"共 {len(planned)} 项：{said}。")


def _question(session: Session) -> str:
    return "签名并提交以上全部操作？" if session.options.lang == "zh" else "Sign and send all of these?"


async def _send(
    session: Session,
    slots: asyncio.Semaphore,
    item: PlannedAct,
    envelope: Envelope,
    tick: Callable[[], None],
) -> dict[str, Any]:
    """Send one act and return its row: where it is recorded, or why it is not."""
    row: dict[str, Any] = {"stream": item.stream, "command_id": envelope.command_id}
    async with slots:
        try:
            receipt = await session.client.send(envelope, item.command)
        except Refused as refused:
            sentence = render_refusal(refused.code, refused.params, session.options.lang, session.out.zone)
            return {**row, "code": refused.code, "text": sentence}
        except ClientError as fault:
            return {**row, "code": fault.code, "text": str(fault)}
        finally:
            tick()
    return {**row, "version": receipt.version, "leaf_hash": receipt.leaf_hash}


def _answer(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    done, refused = [row for row in rows if "code" not in row], [row for row in rows if "code" in row]
    session.out.rows("receipts", ("stream", "version", "leaf_hash"), done, more=("command_id",))
    if refused:
        session.out.rows("refused", ("stream", "code", "text"), refused, more=("command_id",))
        session.out.finish()
        raise CommandFailed("partly-refused", refused=str(len(refused)), count=str(len(rows)))
