"""`selection recommend`: a unit's list. The unit is the one the person acts for."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from selection.kernel.actor import Role
from selection.recommendation.commands import (
    RankRecommendations,
    Recommend,
    RecommendOnPaper,
    WithdrawRecommendation,
)
from selection.refusals.refused import Refused
from selection.streams import log_of, recommender_stream
from starter.cli.arguments import Application, RoundId
from starter.cli.command_table import example, group
from starter.cli.content_arguments import keep_optional, store_typed_text
from starter.cli.session import Session, application, run_acting
from starter.commands.people.act_forms import ActForm, commands_of

OPINION = ActForm("opinion", "recommend", "recommender-bj")
app = group("Keep a unit's list: recommend, withdraw, rank.")
app.add_typer(commands_of(OPINION))

AsUnit = Annotated[str | None, typer.Option("--unit", help="Your unit; needed only if you act for several.")]


@app.command(
    "add",
    epilog=example(
        "selection --as recommender-bj recommend add 2025-second/0007",
        "selection --as recommender-bj recommend add 2025-second/0007 opinion.yaml",
        "Where the round's rules have a form for the opinion, it must be filled in; `recommend form` writes it.",
    ),
)
def add(
    ctx: typer.Context,
    number: Application,
    file: Annotated[
        Path | None, typer.Argument(help="The filled-in opinion (YAML or JSON), if the rules ask for one.")
    ] = None,
    revision: Annotated[
        int | None, typer.Option(help="Version that you read; default: the current one.")
    ] = None,
    unit: AsUnit = None,
) -> None:
    """Recommend an application within the unit's quota, in the version that you read."""

    async def work(session: Session) -> None:
        stream = application(number)
        seen = revision
        if seen is None:
            seen = await session.reads.applications.get_revision(await session.subject(), stream)
        form = await OPINION.store(session, log_of(stream), file)
        command = Recommend(application=_number(stream), revision=seen, form=form)
        acts_for = await unit_of(session, unit)
        await session.act(recommender_stream(log_of(stream), acts_for), command, Role.RECOMMENDER)

    run_acting(ctx, work)


@app.command(
    "paper",
    epilog=example(
        "selection --as officer-1 recommend paper 2025-second/0007 --unit prov-bj --agent recommender-bj"
        " --sent 2024-08-12 --evidence @envelope.pdf"
    ),
)
def paper(
    ctx: typer.Context,
    number: Application,
    unit: Annotated[str, typer.Option("--unit", help="The unit that recommended on paper.")],
    agent: Annotated[str, typer.Option(help="Who signed it for the unit, by their id.")],
    sent: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="The day on which it was sent, as the postmark shows."),
    ],
    evidence: Annotated[list[str], typer.Option(help="ref:ID of a stored file, or @FILE; at least one.")],
    file: Annotated[
        Path | None, typer.Argument(help="The filled-in opinion (YAML or JSON), if the rules ask for one.")
    ] = None,
    revision: Annotated[
        int | None, typer.Option(help="Version that you read; default: the current one.")
    ] = None,
) -> None:
    """Enter what a unit recommended on paper: it counts by the day on which it was sent. Two officers sign."""

    async def work(session: Session) -> None:
        stream = application(number)
        log, seen = log_of(stream), revision
        if seen is None:
            seen = await session.reads.applications.get_revision(await session.subject(), stream)
        command = RecommendOnPaper(
            application=_number(stream),
            revision=seen,
            agent=agent,
            sent=sent.date(),
            evidence=tuple([await store_typed_text(session, item, log) for item in evidence]),
            form=await OPINION.store(session, log, file),
        )
        await session.act(recommender_stream(log, unit), command, Role.OFFICER)

    run_acting(ctx, work)


@app.command("withdraw", epilog=example("selection --as recommender-bj recommend withdraw 2025-second/0007"))
def withdraw(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str | None, typer.Option(help="A text, @FILE or ref:ID.")] = None,
    unit: AsUnit = None,
) -> None:
    """Remove an application from the unit's list, which frees its place."""

    async def work(session: Session) -> None:
        stream = application(number)
        acts_for = await unit_of(session, unit)
        command = WithdrawRecommendation(
            application=_number(stream), reason=await keep_optional(session, reason, log_of(stream))
        )
        await session.act(recommender_stream(log_of(stream), acts_for), command, Role.RECOMMENDER)

    run_acting(ctx, work)


@app.command("rank", epilog=example("selection --as recommender-bj recommend rank 2025-second 0012 0007"))
def rank(
    ctx: typer.Context,
    round_id: RoundId,
    numbers: Annotated[
        list[str], typer.Argument(help="Numbers of all applications on the list, best first.")
    ],
    unit: AsUnit = None,
) -> None:
    """Rank the applications on the unit's list."""

    async def work(session: Session) -> None:
        acts_for = await unit_of(session, unit)
        command = RankRecommendations(order=tuple(numbers))
        await session.act(recommender_stream(round_id, acts_for), command, Role.RECOMMENDER)

    run_acting(ctx, work)


async def unit_of(session: Session, named: str | None) -> str:
    """Return the unit that the person acts for; who holds several must name one."""
    units = (await session.subject()).get_units(Role.RECOMMENDER)
    if named is not None and named in units:
        return named
    if named is not None or not units:
        raise Refused("not-entitled", roles="recommender")
    if len(units) > 1:
        raise Refused("missing", place="--unit")
    return units[0]


def _number(stream: str) -> str:
    return stream.rsplit("/", 1)[-1]
