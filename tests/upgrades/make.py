"""Keep the record of a round under way, to upgrade it later: `python -m tests.upgrades.make OUT`, in about a minute.

It lives through the first half of the golden histories' round by real acts on servers of its own, opens a second one,
and writes what Postgres then holds to the file, as SQL. Run it on the commit of a release, with
`VERSION.sql.gz` beside this file, which is never made anew: tests/upgrades/test_upgrade.py brings it to today's code.
"""

import argparse
import asyncio
import gzip
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from runtime.embedded.plan import StackPlan
from runtime.embedded.postgres import binaries
from runtime.embedded.stack import EmbeddedStack
from runtime.logging import configure_logging
from runtime.settings import Settings
from selection.application.commands import DeclineInvitation
from starter.client.registering import register_people
from tests import factories as f
from tests.databases import as_superuser
from tests.golden import course
from tests.golden.story import Story, agents, rules
from tests.workflows.support.installation import ROUND, Installation, installation, prepare_template
from workflows.lasting import start_courier

PACE = Decimal("1.2")
SECOND = "second-open"
"""A round whose call is open when the record is kept; the first one is under review by then."""


async def make(out: Path, pace: Decimal) -> None:
    """Live through the rounds and write the record."""
    with tempfile.TemporaryDirectory(prefix="upgrade-") as folder:
        plan = StackPlan(
            Settings(data=Path(folder) / "data"), synced=False, ui=False, prepare=prepare_template
        )
        async with (
            EmbeddedStack(plan) as stack,
            installation(as_superuser(stack.endpoints), rules(pace)) as place,
        ):
            async with place.worker():
                await start_courier(place.temporal, place.ends.task_queue)
                await live(Story(place), pace)
            out.write_bytes(gzip.compress(dump_record(place.ends.database_url).encode(), mtime=0))


async def live(story: Story, pace: Decimal) -> None:
    """Bring one round into its reviews, with seats in every state, and another into its call."""
    place: Installation = story.place
    await register_people(place.client, agents(), actor=f.actor("admin-1"), command_id="agents")
    await course.intake(story)
    await course.check(story)
    await course.draw(story)
    await story.until(ROUND, stage="review", batch="")
    declines, accepts, submits, *_ = await course.list_invited(story, course.ONE)
    await story.act(course.ONE, DeclineInvitation(), f.actor(declines, "expert"))
    for expert in (accepts, submits):
        await story.act(course.ONE, f.accept(), f.actor(expert, "expert"))
    await story.act(course.ONE, f.review(course.REVIEWED[course.ONE]), f.actor(submits, "expert"))
    await story.act(f"round/{SECOND}", f.open_round(rules(pace)), f.OFFICER)
    for number in ("0001", "0002"):
        await story.act(f"application/{SECOND}/{number}", course.submit(course.ONE), f.APPLICANT)
    await place.until_idle(ROUND)


def dump_record(url: str) -> str:
    """Return what a database holds of the record as SQL, without the orders to psql that pg_dump puts around it."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    command = [
        str(binaries() / "pg_dump"),
        "--schema=selection",
        "--inserts",
        "--rows-per-insert=50",
        f"--host={parts['host']}",
        f"--port={parts['port']}",
        f"--username={parts['user']}",
        parts["dbname"],
    ]
    done = subprocess.run(
        command, env={"PGPASSWORD": parts["password"]}, capture_output=True, text=True, check=True
    )
    orders = ("\\restrict", "\\unrestrict")
    return "".join(line for line in done.stdout.splitlines(keepends=True) if not line.startswith(orders))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tests.upgrades.make",
        description="Keep the record of a round under way, to upgrade it later.",
        epilog="Example: python -m tests.upgrades.make 0.3.0.sql.gz",
    )
    parser.add_argument("out", type=Path, help="the file to write, VERSION.sql.gz")
    parser.add_argument("--pace", type=Decimal, default=PACE, help="seconds per rehearsed day")
    asked = parser.parse_args()
    configure_logging(json=False, level="WARNING")
    asyncio.run(make(asked.out, asked.pace))
