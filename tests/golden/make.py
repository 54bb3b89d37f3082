"""Make the golden histories of the code as it is: `python -m tests.golden.make`, in about a minute.

It starts servers of its own, lives through synthetic rounds by real acts in real time, and writes the histories of
every workflow, what each tells Temporal, and the fields of all that crosses it to `tests/golden/unreleased`. Folders
of releases are never touched. Its warning that the activity `tell` is not registered is no fault: so a list is lost
before it tells. At a release: `git mv tests/golden/unreleased tests/golden/<version>`, and make anew.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from activities.key_files import write_key
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.logging import configure_logging
from runtime.settings import Settings
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.streams import review_workflow
from selection.transparency.private_key import PrivateKey
from starter.client.registering import register_people
from tests import factories as f
from tests.databases import as_superuser
from tests.golden import course, outage
from tests.golden.crossing import fields
from tests.golden.files import MODELS, UNRELEASED, goldens_of, keep, make_anew
from tests.golden.replays import replay
from tests.golden.story import Story, agents, rules
from tests.workflows.support.histories import histories_of
from tests.workflows.support.installation import (
    ROUND,
    Installation,
    installation,
    prepare_template,
    unit_list,
)
from worker.signer import sign_where_the_key_is
from workflows.courier import COURIER_ID
from workflows.lasting import start_courier
from workflows.signer import SIGNER_ID

PACE = Decimal("0.2")
LONG_HISTORY = 550
"""After so many events Temporal suggests to continue as new: the round does, and one application that is edited on."""

INELIGIBLE = "application.ineligible"
KEPT = {
    "application.listed": course.ONE,
    "application.removed": course.TWO,
    "application.mended": course.THREE,
    "application.held": course.FOUR,
    "application.not-mended": course.FIVE,
    INELIGIBLE: course.SIX,
    "application.requested": course.SIX,
    "review-request": review_workflow(course.SIX),
    "application.continued": course.SEVEN,
    "application.restored": course.EIGHT,
    "application.never-submitted": course.NINE,
    "application.not-shortlisted": course.TEN,
    "recommender.closed": unit_list("bj"),
    "recommender.freed": unit_list("unit-4"),
    "recommender.restored": outage.LIST,
    "recommender.never-opened": outage.NO_ROUND,
    "recommender.never-opened-unread": outage.NO_ROUND_UNREAD,
    "round.issued": ROUND,
    "round.cancelled": course.CANCELLED,
    "round.outage": outage.STOPPED,
    "archive.round-ended": f"archive/{f.ROUND}",
    "archive-rounds": "archive-rounds",
    "register": INSTALLATION,
    "courier": COURIER_ID,
    "signer": SIGNER_ID,
}
"""Name of the history -> the workflow whose runs it is."""


async def make(pace: Decimal) -> None:
    """Live through the round and write everything."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        plan = StackPlan(
            Settings(data=Path(folder) / "data"),
            synced=False,
            ui=False,
            prepare=prepare_template,
            dynamic_config={"limit.historyCount.suggestContinueAsNew": str(LONG_HISTORY)},
        )
        async with (
            EmbeddedStack(plan) as stack,
            installation(as_superuser(stack.endpoints), rules(pace)) as place,
        ):
            key_file = Path(folder) / "signing.key"
            write_key(key_file, PrivateKey(name="golden.example", seed=bytes(range(32))))
            ended = await live(place, key_file, pace)
            with make_anew() as root:
                await write(place, root, {INELIGIBLE: ended})


async def live(place: Installation, key_file: Path, pace: Decimal) -> str:
    """Live through everything, with one worker until the check, none for a moment, and another after it.

    Returns the run with which an application ended of which a review was requested.
    """
    story = Story(place)
    async with measure_work(place, key_file):
        await register_people(place.client, agents(), actor=f.actor("admin-1"), command_id="agents")
        await course.intake(story)
        await course.archive(story)
        deadline = await outage.open_round(story, pace)
    await outage.lose_list(story)
    await outage.pass_deadline(story, deadline)
    async with measure_work(place, key_file):
        await outage.go_on(story, deadline)
        await outage.post_to_no_round(story)
        ended = await course.check(story)
        await course.review(story)
        await course.propose(story)
        await course.notice(story)
        await course.issue(story)
        await course.cancel(story)
        await outage.end(story)
        await place.handle(f"archive/{f.ROUND}").result()
    return ended


@asynccontextmanager
async def measure_work(place: Installation, key_file: Path) -> AsyncIterator[None]:
    """Run a worker with courier and signer."""
    settings = Settings(signing_key=key_file)
    async with place.worker(), sign_where_the_key_is(place.temporal, settings, place.ends):
        await start_courier(place.temporal, place.ends.task_queue)
        yield


async def write(place: Installation, root: Path, last: dict[str, str]) -> None:
    """Write every history that is kept to `root`, replay it, and say how large it is.

    `last` names the last run of those that have later ones.
    """
    for name, workflow_id in KEPT.items():
        runs = await histories_of(place, workflow_id, last.get(name))
        for number, history in enumerate(runs, start=1):
            keep(name if len(runs) == 1 else f"{name}-{number}", history, root)
    for golden, replayed in (await replay(goldens_of(UNRELEASED, root))).items():
        assert not replayed.fault, f"{golden} does not replay: {replayed.fault} ({replayed.point})"
        golden.sequence.write_text("\n".join(replayed.sequence) + "\n", encoding="utf-8")
        events = len(golden.run().events)
        print(f"{golden}: {events} events, {golden.file.stat().st_size:,} bytes")
    (root / UNRELEASED / MODELS).write_text("\n".join(fields()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tests.golden.make",
        description="Make the golden histories of the unreleased code anew.",
        epilog="Example: python -m tests.golden.make --pace 0.4   (on a machine that is busy)",
    )
    parser.add_argument(
        "--pace",
        type=Decimal,
        default=PACE,
        help="seconds per rehearsed day; longer where acts come too late",
    )
    pace = parser.parse_args().pace
    configure_logging(json=False, level="WARNING")
    try:
        asyncio.run(make(pace))
    except (TimeoutError, AssertionError, Refused) as failed:
        told = str(failed).rstrip(".") or "it did not come to what was waited for"
        sys.exit(
            f"Nothing was written: {told}. Where the machine was too slow, give it longer days: --pace {2 * pace}"
        )
