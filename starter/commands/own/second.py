"""`selection second`: one more signature on what another person signed, where two must."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from selection.decision.envelope import Envelope
from selection.kernel.canonical import sha256_hex
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.rules.loading import RoundRules
from selection.signing.check import Signing, check_signatures
from selection.streams import aggregate
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, run_acting, show_receipt
from starter.keys.waiting_act import WaitingAct
from starter.rounds.showing import show_rules

app = single()
SHOWN = 2_000
"""Characters of a text that are shown; the whole of it is what was hashed."""


@app.command(epilog=example("selection second issue.json --key officer-2.key"))
def second(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the first person's --for-second wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Sign without asking for confirmation.")] = False,
) -> None:
    """Show an act that another person signed and, once you confirm, countersign and send it.

    With --json it is only shown unless --yes is given. A text whose hash does not fit is refused.
    """

    async def work(session: Session) -> None:
        act = WaitingAct.read(file).act
        if act.actor.person == session.person:
            raise Refused("second-same")
        done = await session.ledger.reading.answer(act.stream, act.actor.person, act.command_id)
        if done is not None:
            show_receipt(session.out, done[0])
            return
        if not ((await session.subject()).fact).holds(act.actor.role):
            # Signed all the same it would be refused for good, and nobody else could sign this file any more.
            raise Refused("not-entitled", roles=act.actor.role.value)
        await _check_first(session, act)
        await _show(session, act)
        if not (yes or _agrees(session)):
            if session.options.json:
                return
            raise CommandFailed("not-agreed")
        await _sign_and_send(session, act)

    run_acting(ctx, work)


async def _check_first(session: Session, act: Envelope) -> None:
    """Raise Refused where the first signature would not count: expired, changed, of no key of theirs."""
    terms = await session.client.signing.state(act)
    keys = await session.ledger.keys.of([act.actor.person])
    against = Signing(await session.ledger.keys.get_founding(), keys, terms.rules, datetime.now(UTC))
    check_signatures(act.intent, act.proof, None, Assurance.SIGNED, against)


async def _show(session: Session, act: Envelope) -> None:
    assert act.proof is not None
    # Rules are shown by themselves; a program reads all of them.
    hidden = ("kind",) if session.options.json else ("kind", "rules")
    facts = {
        "person": act.actor.person,
        "role": act.actor.role,
        "what": act.kind,
        "stream": act.stream,
        "looked_at": act.proof.looked_at,
        "version": await session.ledger.reading.version(act.stream),
        "issued": act.proof.issued,
        "until": act.proof.expires,
        "command_id": act.command_id,
        **{f"- {name}": value for name, value in act.command.items() if name not in hidden},
    }
    session.out.fields("act", facts)
    if "rules" in act.command:
        show_rules(session.out, _read_rules(act))
    reason = act.actor.model_dump(mode="json")["reason"]
    rows = [await _check_content(session, act, ref) for ref in _refs([act.command, reason])]
    session.out.rows("contents", ("id", "sha256", "bytes", "text"), rows)


def _read_rules(act: Envelope) -> RoundRules:
    try:
        return RoundRules.model_validate(act.command["rules"])
    except ValidationError:
        raise Refused("rules-faulty", faults="rules") from None


async def _check_content(session: Session, act: Envelope, ref: dict[str, str]) -> dict[str, Any]:
    """Return what an act cites, as it is stored. Raises Refused `signature-wrong` for another text than was signed.

    Who has the file may read what the first person stored for the act, and no other text by its id.
    """
    contents, first = session.ledger.contents, act.actor.person
    card = (await contents.cards([ref["id"]])).get(ref["id"])
    if card is None or card.erased_at is not None or card.sha256 != ref["sha256"]:
        raise Refused("signature-wrong")
    row: dict[str, Any] = {"id": card.id, "sha256": card.sha256, "bytes": card.size, "text": card.media_type}
    salt = await contents.own_salt(card.id, first)
    if salt is None:
        return row
    _, body = await contents.get(card.id)
    if sha256_hex(salt + body) != card.sha256:
        raise Refused("signature-wrong")
    return row if card.kind != "text" else {**row, "text": body.decode("utf-8", "replace")[:SHOWN]}


def _refs(value: Any) -> list[dict[str, str]]:
    """Return every reference to a content that stands in a value."""
    if isinstance(value, dict):
        if set(value) == {"id", "sha256"}:
            return [value]
        return [ref for item in value.values() for ref in _refs(item)]
    return [ref for item in value for ref in _refs(item)] if isinstance(value, list | tuple) else []


def _agrees(session: Session) -> bool:
    if session.options.json:
        return False
    asked = (
        "以第二人身份签名并提交？" if session.options.lang == "zh" else "Sign as the second person and send?"
    )
    return typer.confirm(asked, default=False)


async def _sign_and_send(session: Session, act: Envelope) -> None:
    signing = session.client.signing
    if await signing.level(act) is not Assurance.SIGNED_BY_TWO:
        raise CommandFailed("second-not-needed")
    signed = await signing.sign_second(act, session.person)
    if signed.second is None:
        raise CommandFailed("key-needed")
    session.traced = True
    command = aggregate(act.stream).parse(act.command)
    show_receipt(session.out, await session.client.send(signed, command))
