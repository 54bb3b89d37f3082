"""`selection timeline`: everything that happened to one application, as far as the person may see it."""

from typing import Any

import typer

from ledger.errors import ContentErased
from reading.models import Opening, ShownEntry
from selection.streams import log_of
from selection.timeline.events import moment_of
from selection.wording.round_words import RoundWords
from starter.cli.arguments import Application
from starter.cli.command_table import example, single
from starter.cli.options import Language
from starter.cli.session import Session, application, run_reading

app = single()

COLUMNS = ("at", "who", "role", "event", "why")
ERASED = ("(erased)", "（已清除）")


@app.command(
    epilog=example(
        "selection --as officer-1 timeline 2025-second/0007",
        "selection --as agent-01 --lang zh timeline 2025-second/0007",
    )
)
def timeline(
    ctx: typer.Context,
    number: Application,
) -> None:
    """Show who did what, when and why, in the order of the record, as far as you may see it.

    It includes what the round and the unit's list recorded about the application.
    """

    async def work(session: Session) -> None:
        stream = application(number)
        who = await session.subject()
        happened = await session.reads.applications.list_timeline(who, stream)
        words = await session.show_as(log_of(stream))
        rows = [_row(session, entry, words) for entry in happened]
        more = ("seq", "stream", "sentence", "rules", "data")
        session.out.rows("timeline", COLUMNS, rows, title=stream, more=more)

    run_reading(ctx, work)


def _row(session: Session, entry: ShownEntry, words: RoundWords) -> dict[str, Any]:
    """Return a row: in words for people, and for programs also with the codes the words stand for."""
    event, lang = entry.view, session.options.lang
    moment = moment_of(event, lang, words)
    codes = {
        "seq": entry.seq,
        "stream": event["stream"],
        "sentence": moment.what,
        "rules": moment.rules,
        "data": event["data"],
    }
    if session.options.json:
        codes |= {"at": event["at"], "event": event["type"], "role": event["actor"].get("role", "")}
    texts = [_quote(text, lang) for text in entry.texts]
    return {
        "at": moment.at,
        "who": moment.who,
        "role": moment.role,
        "event": moment.what,
        "why": "; ".join(part for part in (moment.why, *texts) if part),
        **codes,
    }


def _quote(opening: Opening, lang: Language) -> str:
    """Return the beginning of a text, or why there is none."""
    if opening.fault == ContentErased.code:
        return ERASED[lang == "zh"]
    return f"({opening.fault})" if opening.fault else opening.text
