"""`selection portal`: what whoever runs the servers does for the pages."""

import asyncio

import typer

from runtime.data_folder import find_running_stack
from runtime.databases import Databases
from starter.cli.command_table import example, group
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import settings_of
from starter.people.portal_link import make_sign_in_link

app = group("The pages: print a link to sign in.")


@app.command("link", epilog=example("selection portal link"))
def print_link(ctx: typer.Context) -> None:
    """Print a link by which somebody signs in as anyone, once, within an hour; only on a local installation.

    `selection up --local` prints the first one. It needs the worker's login.
    """
    options = options_of(ctx)
    settings = settings_of(options)
    out = Output(options.lang, as_json=options.json)
    stack = find_running_stack(settings.data)
    origin = settings.portal_url or (stack.portal_url if stack else None) or settings.portal_origin
    link = asyncio.run(make_sign_in_link(Databases.find(settings), origin))
    out.fields("portal", {"sign_in": link.address, "until": link.until})
    out.finish()
