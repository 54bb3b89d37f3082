"""`selection round shortlist` and `round propose`: people decide, with ranking and coverage in view."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from pathlib import Path
from textwrap import fill
from typing import Annotated, Any

import typer
from pydantic import Field

from papers.values import Words
from reading.desk.models import Board
from reading.rehearsals import UNSTORED
from selection.decision.facts import Candidate
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.numbers import plain
from selection.projections.choosing import (
    Aspect,
    Coverage,
    choose_proposing,
    choose_shortlisting,
    count_covered,
)
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.approving.standing import find_deviating, number_of, order_candidates
from selection.round.state import ProposalItem
from selection.streams import round_stream
from selection.wording.code_names import VERDICTS, name_of
from starter.cli.arguments import RoundId, Yes
from starter.cli.command_table import example, single
from starter.cli.content_arguments import Given, keep, keep_each
from starter.cli.failures import CommandFailed
from starter.cli.files_in import pairs, read_model
from starter.cli.names import NAMES, as_people_read, names_of
from starter.cli.preview import rehearse
from starter.cli.session import Session, run_acting

app = single()

Proposing = c.Propose | c.ProposeDeviating
COVERED: tuple[tuple[Aspect, str, str], ...] = (
    ("field", "fields", "per_field_max"),
    ("region", "regions", "per_region_max"),
    ("priority", "priorities", ""),
)
"""What a choice covers: the section of the rules with its values, and the limit, if there is one."""

LeaveOut = Annotated[
    bool,
    typer.Option("--leave-out", help="Leave out items that were in the public notice; two officers sign."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; record nothing.")]


class ProposedItem(Frozen):
    """One line of a proposal file; the order of the file is the order of the proposal."""

    application: Annotated[str, Field(min_length=1, max_length=100)]
    reason: Given


class ProposalFile(Frozen):
    """A proposal as an officer writes it: items, and why the ranking or a limit was not followed."""

    items: Annotated[tuple[ProposedItem, ...], Field(max_length=1000)]
    deviations: dict[str, Given] = Field(default_factory=dict)


@app.command(
    "shortlist",
    epilog=example(
        "selection --as officer-1 round shortlist 2025-second --dry-run",
        "selection --as officer-1 round shortlist 2025-second --add 0031='The only one of its field'",
    ),
)
def shortlist(
    ctx: typer.Context,
    round_id: RoundId,
    add: Annotated[list[str] | None, typer.Option(help="NUMBER=WHY: survey this one too.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="NUMBER=WHY: do not survey this one.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Decide which applications are surveyed: the first by rank.

    Two officers sign additions and removals, each with its reason.
    """

    async def work(session: Session) -> None:
        added, removed = pairs(add, "--add"), pairs(remove, "--remove")
        stream = round_stream(round_id)
        if dry_run:
            command = choose_shortlisting(dict.fromkeys(added, UNSTORED), dict.fromkeys(removed, UNSTORED))
            found = await rehearse(session, round_id, command, Role.OFFICER)
            listed: dict[str, int] = getattr(found.events[0], "listed", {})
            rows = [
                {"rank": rank, "application": number, "why": added.get(number, "")}
                for number, rank in sorted(listed.items(), key=lambda item: (item[1], item[0]))
            ]
            session.out.rows("shortlist", ("rank", "application", "why"), rows)
            return
        command = choose_shortlisting(
            await keep_each(session, added, round_id), await keep_each(session, removed, round_id)
        )
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "propose",
    epilog=example(
        "selection --as officer-1 round propose 2025-second --dry-run",
        "selection --as officer-1 round propose 2025-second proposal.yaml",
        "selection --as officer-1 round propose 2025-second proposal.yaml --leave-out",
        "proposal.yaml contains items, best first, each with application and reason, and deviations: for each"
        " application number, why the ranking or a limit was not followed.",
    ),
)
def propose(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path | None, typer.Argument(help="The proposal (YAML or JSON).")] = None,
    yes: Yes = False,
    leave_out: LeaveOut = False,
    dry_run: DryRun = False,
) -> None:
    """Propose the centres. Shows ranking, coverage, limits and deviations, then asks for confirmation.

    Two officers sign a proposal that deviates.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        who = await session.subject()
        written = read_model(file, ProposalFile) if file else None
        if written is None and not dry_run:
            raise Refused("missing", place="FILE")
        stream = round_stream(round_id)
        # An act that is repeated was answered already, and the round has gone on since: nothing is left to choose.
        earlier = await session.reads.receipts.list_own(who, session.options.command_id)
        repeated = not dry_run and any(item.stream == stream for item in earlier)
        if not repeated:
            found = await session.reads.boards.rank_appraised(who, round_id)
            show_choice(session, found, [item.application for item in written.items] if written else [])
            # What the core would refuse is not asked for first, nor are its texts stored: it is refused here.
            if written is not None:
                unstored = _parse_proposal(written, leave_out)
                await rehearse(session, round_id, unstored, Role.OFFICER, dry_run=dry_run)
        if dry_run or written is None or file is None:
            return
        # A program that asked for JSON has nobody at the keyboard.
        asked = not (repeated or yes or session.options.json)
        if asked and not typer.confirm(_question(session), default=False):
            raise CommandFailed("not-agreed")
        command = await _store_proposal(session, written, round_id, file.parent, leave_out)
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


def _choice(number: str, chosen: Sequence[str], reasoned: Collection[str]) -> Words | None:
    """Return at which place an application is proposed, and whether its place needs a reason."""
    place = str(chosen.index(number) + 1) if number in chosen else ""
    if number not in reasoned:
        return Words.alike(place) if place else None
    asked = Words(en="needs a reason", zh="须说明理由")
    return Words(en=f"{place}: {asked.en}", zh=f"{place}：{asked.zh}") if place else asked


NARROW = 12
"""Columns of what the panel and the survey came to, beside all else that officers choose by."""


def _judgement(item: Candidate) -> Words | None:
    """Return what the panel agreed on, its votes and what the survey came to, short enough for one column."""
    if item.agreed is None:
        return None
    score = ", ".join(filter(None, (str(plain(Decimal(item.agreed))), item.votes)))
    if not item.verdict:
        return Words.alike(score)
    en, zh = (name_of(VERDICTS, item.verdict, language) for language in ("en", "zh"))
    return Words(en=fill(f"{score}, {en}", NARROW, break_long_words=False), zh=f"{score}\n{zh}")


def show_choice(session: Session, found: Board, chosen: list[str]) -> None:
    """Show the ranking with what is chosen and what needs a reason, and what it covers."""
    rules, ranking = found.rules, order_candidates(found.candidates, found.rules)
    named = {row.number: names_of(row.dump()) for row in found.shown}
    known = [number_of(item) for item in ranking]
    reasoned = (
        find_deviating([number for number in chosen if number in known], ranking, rules) if chosen else ()
    )
    rows = [
        {
            "number": number_of(item),
            **named.get(number_of(item), {}),
            "agreed": item.agreed,
            "votes": item.votes,
            "verdict": item.verdict,
            "judgement": _judgement(item),
            "score": item.score,
            "rank": item.rank,
            "field": item.field,
            "region": item.region,
            "priority": item.priority,
            "proposed": chosen.index(number_of(item)) + 1 if number_of(item) in chosen else None,
            "deviation": number_of(item) in reasoned,
            "choice": _choice(number_of(item), chosen, reasoned),
        }
        for item in ranking
    ]
    about = ("number", *NAMES, "agreed", "votes", "verdict", "score", "rank", "field", "region", "priority")
    judged = any(item.agreed is not None for item in ranking)  # rows stand by rank: its place is wanted then
    beside = [name for name in about if name not in ("agreed", "votes", "verdict", "rank" if judged else "")]
    people = (*as_people_read((*beside[:3], "judgement", *beside[3:])), "choice")
    session.out.rows("ranking", (*about, "proposed", "deviation"), rows, people=people)
    picked = [item for item in ranking if number_of(item) in chosen] or list(ranking)
    for name, values, limit in COVERED:
        covered = count_covered(
            name, getattr(rules, values), picked, getattr(rules, limit) if limit else None
        )
        session.out.rows(
            f"coverage_{name}", (name, "count", "limit"), coverage(covered, name, session.out.lang)
        )


def coverage(found: Sequence[Coverage], name: str, lang: str) -> list[dict[str, Any]]:
    """Return how many fall under each value, with the value's code and name."""
    return [
        {name: f"{item.value.code} {getattr(item.value, lang)}", "count": item.count, "limit": item.limit}
        for item in found
    ]


def _parse_proposal(written: ProposalFile, leave_out: bool) -> Proposing:
    items = tuple(
        ProposalItem(application=item.application, rank=rank, reason=UNSTORED)
        for rank, item in enumerate(written.items, start=1)
    )
    return choose_proposing(items, dict.fromkeys(written.deviations, UNSTORED), by_two=leave_out)


async def _store_proposal(
    session: Session, written: ProposalFile, log: str, folder: Path, leave_out: bool
) -> Proposing:
    items = [
        ProposalItem(
            application=item.application, rank=rank, reason=await keep(session, item.reason, log, folder)
        )
        for rank, item in enumerate(written.items, start=1)
    ]
    deviations = {
        number: await keep(session, reason, log, folder) for number, reason in written.deviations.items()
    }
    return choose_proposing(tuple(items), deviations, by_two=leave_out)


def _question(session: Session) -> str:
    return "提出该名单？" if session.options.lang == "zh" else "Propose this list?"
