"""`selection mail`: what the embedded stack's mail sink took, each person's own; and what was never taken."""

from typing import Annotated

import typer

from runtime.data_folder import find_running_stack
from runtime.embedded.mail_sink import Mail, list_mail
from runtime.errors import StackError
from selection.refusals.refused import Refused
from starter.cli.command_table import example, group
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, run_reading
from starter.commands.operator import mail_undelivered

NO_SINK = "No mail sink runs on {data}. Start one with `selection up`."

app = group("Read your mail; handle undeliverable mail.")
app.add_typer(mail_undelivered.app)


@app.command("list", epilog=example("selection --as expert-07 mail list"))
def list_mails(ctx: typer.Context) -> None:
    """List the mails to you in the local mail sink, newest last."""

    async def work(session: Session) -> None:
        rows = [
            {"mail": number, "at": mail.at, "subject": mail.subject, "message_id": mail.message_id}
            for number, mail in enumerate(await own_mail(session), start=1)
        ]
        session.out.rows("mails", ("mail", "at", "subject", "message_id"), rows)

    run_reading(ctx, work)


@app.command("read", epilog=example("selection --as expert-07 mail read 3"))
def read(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="Number of the mail in `mail list`.", min=1)],
) -> None:
    """Show one of your mails."""

    async def work(session: Session) -> None:
        mails = await own_mail(session)
        if number > len(mails):
            raise CommandFailed("nothing-found")
        mail = mails[number - 1]
        facts = {"subject": mail.subject, "at": mail.at, "message_id": mail.message_id}
        session.out.fields("mail", facts)
        session.out.text("body", mail.body)

    run_reading(ctx, work)


async def own_mail(session: Session) -> list[Mail]:
    """Return the mails to the acting person's registered address. Raises StackError without a local sink."""
    identity = await session.reads.register.get_own_identity(await session.subject())
    stack = find_running_stack(session.settings.data)
    if stack is None or stack.mail_folder is None:
        raise StackError("server-unreachable", NO_SINK.format(data=session.settings.data))
    if identity is None:
        raise Refused("unknown-person")
    address = identity.mail.lower()
    return [
        mail for mail in list_mail(stack.mail_folder) if address in {to.lower() for to in mail.recipients}
    ]
