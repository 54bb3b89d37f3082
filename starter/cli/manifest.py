"""Many acts at once: shown before, signed once over all of them, sent side by side, each answered by itself."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import typer

from selection.decision.command import kind_of
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.refusals.refused import Refused
from selection.wording.refusals import render_refusal
from starter.cli.failures import CommandFailed
from starter.cli.keys_at_hand import find_waiting, write_waiting
from starter.cli.session import Session
from starter.client.errors import ClientError
from starter.keys.faults import KeyFault

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


class _Act(NamedTuple):
    planned: PlannedAct
    envelope: Envelope


async def act_all(
    session: Session,
    planned: Sequence[PlannedAct],
    role: Role,
    *,
    yes: bool,
    at_once: int = AT_ONCE,
    reason: TextRef | None = None,
) -> None:
    """Show what will be done and, once it is confirmed, do it under one signature of the person.

    `at_once` are on their way together; with 1 each waits for the one before. `reason` is why, of all. What was done
    before under the same ids is not done again. With --for-second those that two must sign are left for the second
    person, each in a file of its own, once the others were sent; one that waits in its file is not signed again.
    Raises CommandFailed `not-agreed`, `second-not-needed`, KeyFault `key-exists` before anything is signed; after all
    were sent, `partly-refused` where some were not taken.
    """
    actor = Actor(person=session.person, role=role, reason=reason)
    every = [
        _Act(item, envelope_of(item.stream, item.command, actor, _name(session, item))) for item in planned
    ]
    left = await _find_left(session, every)
    waiting = {at: told for at, path in left.items() if (told := find_waiting(path, every[at].envelope))}
    open_ = [at for at in range(len(every)) if at not in waiting]
    if open_:
        _show(session, [every[at] for at in open_])
        require_agreement(session, yes=yes)
    session.traced = True
    signed = await _sign(session, {at: every[at].envelope for at in open_}, left)
    pairs = [(every[at].planned, signed[at]) for at in open_ if at not in left]
    slots = asyncio.Semaphore(at_once)
    with session.out.count_parts(len(pairs), "Sending", "正在提交") as tick:
        rows = await asyncio.gather(
            *(_send(session, slots, item, envelope, tick) for item, envelope in pairs)
        )
    refused = _tell(session, rows)
    _leave(session, left, signed, waiting)
    if refused:
        session.out.finish()
        raise CommandFailed("partly-refused", refused=str(refused), count=str(len(rows)))


def _name(session: Session, item: PlannedAct) -> str:
    return item.command_id or f"{session.options.command_id}.{item.step}"


async def _find_left(session: Session, acts: Sequence[_Act]) -> dict[int, Path]:
    """Return the file of each act that is left for a second person, by its place among all.

    Each is named after --for-second and the act's step. Raises CommandFailed `second-not-needed`.
    """
    path = session.options.for_second
    if path is None:
        return {}
    left = {
        at: path.with_stem(f"{path.stem}-{act.planned.step}")
        for at, act in enumerate(acts)
        if await session.client.signing.level(act.envelope) is Assurance.SIGNED_BY_TWO
    }
    if not left:
        raise CommandFailed("second-not-needed")
    return left


async def _sign(
    session: Session, asked: Mapping[int, Envelope], left: Mapping[int, Path]
) -> dict[int, Envelope]:
    """Return the acts under one signature. Raises CommandFailed `key-needed` where one to be left has none."""
    signed = await session.client.signing.sign_all(list(asked.values())) if asked else []
    found = dict(zip(asked, signed, strict=True))
    if any(found[at].proof is None for at in left if at in found):
        raise CommandFailed("key-needed")
    return found


def _leave(
    session: Session,
    left: Mapping[int, Path],
    signed: Mapping[int, Envelope],
    waiting: Mapping[int, dict[str, Any]],
) -> None:
    """Write the signed acts for the second person, and show them with those that waited already. Raises KeyFault."""
    rows = []
    try:
        for at, path in left.items():
            rows.append(waiting.get(at) or write_waiting(signed[at], path))
    except KeyFault:
        # What was sent is said all the same.
        session.out.finish()
        raise
    if rows:
        session.out.rows("waits", ("file", "until"), rows, more=("command_id",))


def require_agreement(session: Session, *, yes: bool) -> None:
    """Ask a person whether what was shown is to be done. Raises CommandFailed `not-agreed`."""
    if not (yes or session.options.json or typer.confirm(_question(session), default=False)):
        raise CommandFailed("not-agreed")


def _show(session: Session, acts: Sequence[_Act]) -> None:
    planned = [act.planned for act in acts]
    rows = [
        {**item.shown, "act": kind_of(item.command), "digest": envelope.digest[:16]}
        for item, envelope in acts
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


def _tell(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    """Show what came of each act that was sent, and return how many were refused."""
    done, refused = [row for row in rows if "code" not in row], [row for row in rows if "code" in row]
    session.out.rows("receipts", ("stream", "version", "leaf_hash"), done, more=("command_id",))
    if refused:
        session.out.rows("refused", ("stream", "code", "text"), refused, more=("command_id",))
    return len(refused)
