"""`selection doctor`: each part, and what to mend."""

import asyncio

import typer

from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import settings_of
from starter.doctor.checks import examine

app = single()


@app.command(epilog=example("selection doctor", "selection --json doctor --data /var/lib/selection"))
def doctor(ctx: typer.Context) -> None:
    """Check that each part responds and is set up correctly; if one is not, say what to do and exit with code 1."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    findings = asyncio.run(examine(settings_of(options)))
    rows = [
        {
            "part": item.part,
            "state": "fine" if item.fine else "off",
            "found": item.found[options.lang == "zh"],
            "cure": "" if item.fine else item.cure[options.lang == "zh"],
        }
        for item in findings
    ]
    out.rows("parts", ("part", "state", "found", "cure"), rows)
    out.finish()
    wrong = sum(not item.fine for item in findings)
    if wrong:
        raise CommandFailed("checks-failed", exits=BROKEN, count=str(wrong))
