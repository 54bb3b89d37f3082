"""One demo: a fresh stack, the round from the sealed call to the issued list, and its result."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import monotonic

from rich.console import Console

from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.environments import pick
from runtime.errors import StackError
from runtime.settings import Settings
from runtime.temporal.namespace import wait_for_worker
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage
from selection.register.state import INSTALLATION
from selection.register.unit_commands import split_units
from selection.round.commands import OpenRound
from selection.round.state import RoundState
from selection.rules.loading import diff_rules, rules_hash
from starter.cli.options import Language
from starter.client.client import SelectionClient
from starter.commands.operator.up import find_link, plan_stack
from starter.demo import DemoFailed
from starter.demo.acts import checking, decisions, intake, panels, visits
from starter.demo.attending import Attendance, Handler
from starter.demo.calling import command_line
from starter.demo.desk import Desk
from starter.demo.example import Example, Scheme, load_example
from starter.demo.keys import DemoKeys, register_with_keys
from starter.demo.narrator import Narrator
from starter.demo.pacing import busy_share, fit_pace
from starter.demo.papers import FOLDER, leave_papers
from starter.demo.proof import Proof, leave_proof, wait_for_archive
from starter.demo.summary import Summary, check_story, summary_of
from starter.demo.tables import show_coverage, show_list
from starter.demo.watching import offer_links, run_with_portal

Ended = tuple[Summary, Proof]
TURN_WITHIN = timedelta(seconds=30)
"""How long one of the demo's people waits for a connection that the others use: they share one process."""
# Kind of open task -> who acts on it; the most urgent first, so that answers come before reviews.
HANDLERS: dict[str, Handler] = {
    "mend": checking.mend,
    "check": checking.check,
    "draw": panels.draw,
    "answer-invitation": panels.answer_invitation,
    "rule-on-conflict": panels.rule_on_conflict,
    "review": panels.review,
    "supplement-panel": panels.supplement,
    "shortlist": visits.shortlist,
    "appoint-survey-team": visits.appoint_team,
    "survey": visits.survey,
    "appoint-chair": visits.appoint_chair,
    "appraise": visits.appraise,
    "vote": visits.vote,
    "close-appraisal": visits.close_appraisal,
    "propose": decisions.propose,
    "open-notice": decisions.open_notice,
    "appoint-examiners": decisions.appoint_examiners,
    "settle-objection": decisions.settle_objection,
    "check-integrity": decisions.check_integrity,
    "rule-on-integrity-hit": decisions.rule_on_hit,
    "approve": decisions.approve,
    "issue": decisions.issue,
}


@dataclass(frozen=True)
class DemoOptions:
    """Which example to run, and how.

    Seed, seconds per day (None: the example's), language, data folder, whether to stay up afterwards;
    `out` is the folder for the bundle, its public key and the papers.
    """

    example: Scheme = "second-batch"
    seed: int = 2024
    pace: Decimal | None = None
    language: str = "en"
    data: Path | None = None
    keep: bool = False
    out: Path = Path("demo-out")


async def run_demo(options: DemoOptions, console: Console, done: Callable[[Summary], None]) -> None:
    """Run the demo and hand its result over; with `keep` the stack stays up until the caller is cancelled.

    Raises DemoFailed when anything happens that the story does not hold, StackError when a part does not
    start or ends.
    """
    began = monotonic()
    example = load_example(options.example)
    narrator = Narrator(console, options.language, example.rehearsal.called)
    with _folder(options) as folder:
        narrator.begin("stack")
        options = await _with_pace(options, example, narrator)
        narrator.line("starting", data=folder)
        plan = replace(plan_stack(Settings(data=folder), ANY, workers=1, local=True), synced=False)
        async with run_with_portal(plan, _read_port()) if options.keep else EmbeddedStack(plan) as stack:
            story = asyncio.create_task(_round(options, example, narrator, stack, began))
            summary, proof = await _run_while_stack_lives(stack, story)
            _say_where(narrator, stack, summary, options, example)
            if link := await find_link(stack.plan, stack):
                narrator.line("portal", address=link)
            narrator.line("replay")
            narrator.command(command_line("audit", "replay", proof.bundle, summary.centres[0].number))
            narrator.line("proof", folder=options.out)
            narrator.command(command_line("audit", "verify", proof.bundle, "--key", proof.key))
            done(summary)
            if options.keep:
                await stack.watch()


def _read_port() -> int | None:
    """Return the portal's port where the environment names one: all else of a demo is its own."""
    return Settings.from_environment(pick(("SELECTION_PORTAL_PORT",))).portal_port


async def _run_while_stack_lives(stack: EmbeddedStack, story: "asyncio.Task[Ended]") -> Ended:
    """Return the story's result, or raise what ended it: its own failure, or a part that ended by itself."""
    watch = asyncio.create_task(stack.watch())
    try:
        await asyncio.wait([story, watch], return_when=asyncio.FIRST_COMPLETED)
        if not story.done():
            watch.result()
        return await story
    finally:
        for task in (story, watch):
            task.cancel()
        await asyncio.gather(story, watch, return_exceptions=True)


async def _round(
    options: DemoOptions, example: Example, narrator: Narrator, stack: EmbeddedStack, began: float
) -> Ended:
    keys = DemoKeys()
    client = await SelectionClient.connect(stack.plan.settings, keys, wait=TURN_WITHIN)
    try:
        await wait_for_worker(client.temporal, stack.endpoints.task_queue)
        await _register(client, example, keys)
        narrator.line("ready", seconds=f"{monotonic() - began:.1f}", people=len(example.people))
        if options.keep:
            await offer_links(stack, example, narrator)
        desk = await _open(client, example, options, narrator)
        await _live_through(desk, narrator)
        _, papers = await asyncio.gather(wait_for_archive(client, example.name), _leave_papers(desk, options))
        summary = await summary_of(desk)
        check_story(summary, desk)
        _conclude(narrator, summary, desk, monotonic() - began)
        sentence = "papers" if example.rules.stages.notice else "papers-without-notice"
        narrator.line(sentence, count=papers, folder=options.out / FOLDER)
        auditor = example.rules.staff.auditors[0]
        proof = await leave_proof(stack.plan.settings, client, example.name, options.out, auditor=auditor)
        return summary, proof
    finally:
        await client.close()


async def _leave_papers(desk: Desk, options: DemoOptions) -> int:
    officer = desk.example.rules.staff.officers[0]
    language: Language = "zh" if options.language == "zh" else "en"
    return await leave_papers(desk, options.out, officer=officer, language=language)


async def _register(client: SelectionClient, example: Example, keys: DemoKeys) -> None:
    if await client.ledger.reading.round_row(example.name):
        raise DemoFailed(
            f"This data folder holds a round {example.name} already; give another one with --data.",
            f"该数据目录中已有遴选轮次 {example.name}；请用 --data 另选目录。",
        )
    admin = Actor(person=example.rules.staff.admins[0], role=Role.ADMIN)
    await register_with_keys(client, example.people, keys, admin)
    for number, command in enumerate(split_units(example.list_units()), start=1):
        await client.act(INSTALLATION, command, actor=admin, command_id=f"demo:units:{number}")


async def _open(client: SelectionClient, example: Example, options: DemoOptions, narrator: Narrator) -> Desk:
    pace = options.pace or example.rehearsal.seconds_per_day
    start = datetime.now(UTC).replace(microsecond=0)
    rehearsed = example.rehearse(start, pace)
    desk = Desk(client, rehearsed, example.name, options.seed, narrator.refusal)
    digest = rules_hash(rehearsed.rules)
    opened = OpenRound(rules=rehearsed.rules.model_dump(mode="json"), rules_hash=digest)
    await desk.act(desk.round_stream, opened, rehearsed.rules.staff.officers[0], Role.OFFICER)
    narrator.begin("call", rehearsed.rules)
    narrator.line("opened", hash=digest[:16], pace=pace, seed=options.seed)
    changes = [
        item for item in diff_rules(example.rules, rehearsed.rules) if not item.path.startswith("clock")
    ]
    said = ", ".join(f"{item.path} {item.old} → {item.new}" for item in changes)
    narrator.line("changed", changes=said)
    return desk


async def _with_pace(options: DemoOptions, example: Example, narrator: Narrator) -> DemoOptions:
    """Choose a pace where none is given, before the stack is started: while that warms up the machine looks busy."""
    if options.pace is not None:
        return options
    usual, busy = example.rehearsal.seconds_per_day, await busy_share()
    pace = fit_pace(usual, busy)
    if pace > usual:
        narrator.line("busy", share=f"{busy:.0%}", pace=pace, usual=usual)
    return replace(options, pace=pace)


async def _live_through(desk: Desk, narrator: Narrator) -> None:
    async def watch(state: RoundState) -> None:
        await narrator.follow(desk.client.ledger.reading, state)

    async def wait(over: Callable[[RoundState], bool]) -> RoundState:
        return await Attendance(desk, HANDLERS, watch).until(over)

    await intake.submissions(desk, wait)
    await intake.recommendations(desk, wait)
    await wait(lambda state: state.stage is RoundStage.ISSUED and not state.batch)


def _conclude(narrator: Narrator, summary: Summary, desk: Desk, seconds: float) -> None:
    console, language = narrator.console, narrator.language
    narrator.head_list()
    show_list(console, language, summary, desk.example.rules)
    narrator.begin("coverage")
    show_coverage(console, language, summary, desk.example)
    codes: dict[str, int] = {}
    for code, *_ in summary.refusals:
        codes[code] = codes.get(code, 0) + 1
    narrator.line(
        "counts",
        acts=sum(summary.acts.values()),
        refusals=len(summary.refusals),
        codes=", ".join(f"{code} {count}" for code, count in sorted(codes.items())),
        entries=summary.entries,
        seconds=f"{seconds:.1f}",
    )
    if desk.hurried:
        narrator.line("hurried", count=desk.hurried)


def _say_where(
    narrator: Narrator, stack: EmbeddedStack, summary: Summary, options: DemoOptions, example: Example
) -> None:
    narrator.begin("look")
    ends = stack.endpoints
    kept = options.keep or options.data
    data = ("--data", stack.plan.settings.data) if kept else ()
    if ends.mail_folder:
        narrator.line("mails", count=len(list((ends.mail_folder / "new").glob("*"))))
    application = f"{summary.round}/{summary.centres[0].number}"
    officer, expert = example.rules.staff.officers[0], example.list_people("expert-")[8]
    narrator.line("timeline", command=command_line("timeline", application, "--as", officer, *data))
    narrator.line("mail", command=command_line("mail", "list", "--as", expert, *data))
    if options.keep:
        narrator.line("kept")
    elif options.data:
        narrator.line("again-up", command=command_line("up", *data))
    else:
        narrator.line("again")


@contextmanager
def _folder(options: DemoOptions) -> Iterator[Path]:
    """Give the data folder; one that was not named is taken away again, but the logs of a demo that failed."""
    if options.data:
        yield options.data.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="selection-demo-"))
    try:
        yield folder
    except (DemoFailed, StackError):
        # What is told of the failure leads there.
        for part in folder.iterdir():
            if part.name != "logs":
                _take_away(part)
        raise
    except BaseException:
        _take_away(folder)
        raise
    _take_away(folder)


def _take_away(path: Path) -> None:
    with suppress(OSError):
        path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)
