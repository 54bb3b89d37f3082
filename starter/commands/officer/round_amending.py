"""`selection round amend` and `round rule-on-amendment`: the rules of a running round, changed in the open by two."""

from typing import Annotated

import typer

from selection.kernel.actor import Role
from selection.round import commands as c
from selection.streams import round_stream
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data
from starter.cli.session import Session, run_acting

app = single()

Reason = Annotated[str, typer.Option("--reason", help="Why: a text, @FILE or ref:ID.")]


@app.command(
    "amend",
    epilog=example(
        "selection --as officer-1 round amend 2025-second days.mend --from 10 --to 15 --reason 'A holiday is near'",
        "selection --as officer-1 round amend 2025-second per_field_max --from none --to 3 --reason 'As announced'",
    ),
)
def amend(
    ctx: typer.Context,
    round_id: RoundId,
    path: Annotated[str, typer.Argument(help="Field of the rules, as in places or recommenders.sd.quota.")],
    before: Annotated[str, typer.Option("--from", help="What it is now.")],
    after: Annotated[str, typer.Option("--to", help="What it is to be; none for no limit.")],
    reason: Reason,
) -> None:
    """Enter a change of the rules for what begins after it; it counts once an approver agrees."""

    async def work(session: Session) -> None:
        text = await store_typed_text(session, reason, round_id)
        fields = {"path": path, "before": before, "after": after, "reason": text}
        await session.act(round_stream(round_id), check_data(c.AmendRules, fields), Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "rule-on-amendment",
    epilog=example(
        "selection --as approver-1 round rule-on-amendment 2025-second 1 agreed --reason 'Everyone has more time'"
    ),
)
def rule_on_amendment(
    ctx: typer.Context,
    round_id: RoundId,
    number: Annotated[int, typer.Argument(help="Number of the amendment, as the timeline names it.")],
    ruling: Annotated[str, typer.Argument(help="agreed or declined.")],
    reason: Reason,
) -> None:
    """Agree to a change of the rules that an officer entered, or decline it."""

    async def work(session: Session) -> None:
        text = await store_typed_text(session, reason, round_id)
        fields = {"number": number, "ruling": ruling, "reason": text}
        await session.act(round_stream(round_id), check_data(c.RuleOnAmendment, fields), Role.APPROVER)

    run_acting(ctx, work)
