"""A whole round in Chromium: every act of every role in a page, signed by passkeys, in Chinese and English.

What it is compared with is the same round by the client: the same choices, on another installation. Without more words
it is the example cut down to three applications; WHOLE=1 has all of it, with its story, and TABS how many act at once.
"""

import asyncio
import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.async_api import Browser

from audit.claims import Verdict
from audit.log.verification import Outside
from audit.report.report import Report
from audit.verify import verify
from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.settings import Settings
from runtime.temporal.namespace import wait_for_worker
from selection.forms.one_text import application_form
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage
from selection.register.state import INSTALLATION
from selection.register.unit_commands import split_units
from selection.round.commands import OpenRound
from selection.round.state import RoundState
from selection.rules.loading import rules_hash
from selection.transparency.note import Verifier
from starter.archive.bundling import write_bundle
from starter.client.client import SelectionClient
from starter.client.registering import register_people
from starter.commands.operator.up import plan_stack
from starter.demo.attending import Attendance, Handler
from starter.demo.example import Example
from starter.demo.proof import wait_for_archive, wait_for_signature
from starter.demo.run import HANDLERS as IN_THE_EXAMPLE
from starter.demo.summary import Summary, check_story, summary_of
from starter.people.initial_key import public_key_file
from tests.browser.conftest import LIVED_THROUGH
from tests.browser.round.applying import Applying
from tests.browser.round.desk import PagedDesk, Place, PlainDesk, Secrets
from tests.browser.round.example import HANDLERS, ROUND, SEED, cut_down, whole
from tests.browser.round.installation import ADMIN, Installation, start_installation
from tests.browser.round.oversight import NEWCOMER, register_newcomer, verify_copy
from tests.browser.round.pages import Pages
from tests.browser.round.taking_in import take_in
from tests.browser.round.windows import Windows
from tests.browser.support.chromium import Tab, open_tab
from tests.browser.support.hands import LANGUAGES, Hands, Languages
from tests.browser.support.portal import listen
from tests.run_properties import Tell

WHOLE = bool(os.environ.get("WHOLE"))
TABS = int(os.environ.get("TABS") or (3 if WHOLE else 1))
INTAKE, NEAR = (180.0, timedelta(seconds=90)) if WHOLE else (90.0, timedelta(seconds=60))
"""Seconds of what ends by the clock at least, and how near its end an officer extends it for those who wait."""
NOTICE = 90.0 if WHOLE else 60.0
AUDITOR = "auditor-1"
LOOK_EVERY = 0.75
"""Seconds between two looks at what waits: a round of minutes moves no more often, and each look takes its time."""
STUCK_AFTER = 600.0
"""Seconds in which nothing moves before a round is given up; longer than any of those."""
ROLES = set(Role) - {Role.ADMIN, Role.AUDITOR, Role.SYSTEM}
"""Who acts in a round. The administrator's act is of the register, and the auditor reads: both in pages too."""


def tell_example(intake: float, notice: float, *, local: bool) -> Example:
    """Return what is lived through."""
    return (whole if WHOLE else cut_down)(intake, notice, local=local)


def list_handlers() -> Mapping[str, Handler]:
    """Return who acts on which kind of task."""
    return IN_THE_EXAMPLE if WHOLE else HANDLERS


async def live_through(desk: PagedDesk | PlainDesk) -> Summary:
    """Take an open round to its issued list."""

    async def watch(state: RoundState) -> None:
        pass

    async def wait(over: Callable[[RoundState], bool]) -> RoundState:
        return await Attendance(desk, list_handlers(), watch).until(over)

    async with asyncio.TaskGroup() as beside:
        keeping = beside.create_task(desk.windows.keep_open(desk, desk.extend))
        await take_in(desk, wait)
        await wait(lambda state: state.stage is RoundStage.ISSUED and not state.batch)
        keeping.cancel()
    summary = await summary_of(desk)
    if WHOLE:
        check_story(summary, desk)
    return summary


async def by_the_client(folder: Path, secrets: Secrets) -> Summary:
    """Live through the round on a local installation, by the client alone."""
    plan = plan_stack(Settings(data=folder), ANY, 1, local=True)
    async with EmbeddedStack(plan) as stack:
        client = await SelectionClient.connect(plan.settings)
        await wait_for_worker(client.temporal, stack.endpoints.task_queue)
        example = tell_example(INTAKE, NOTICE, local=True)
        admin = Actor(person=example.rules.staff.admins[0], role=Role.ADMIN)
        await register_people(client, example.people, actor=admin, command_id="people")
        for number, command in enumerate(split_units(example.list_units())):
            await client.act(INSTALLATION, command, actor=admin, command_id=f"units:{number}")
        example = tell_example(INTAKE, NOTICE, local=True)
        desk = PlainDesk(client, example, ROUND, SEED, lambda _: None, windows=Windows(NEAR), secrets=secrets)
        opened = OpenRound(rules=example.rules.model_dump(mode="json"), rules_hash=rules_hash(example.rules))
        await desk.act(desk.round_stream, opened, example.rules.staff.officers[0], Role.OFFICER)
        ended = await live_through(desk)
        await client.close()
        return ended


async def in_pages(
    place: Installation, tabs: list[Tab], folder: Path, secrets: Secrets
) -> tuple[Summary, PagedDesk]:
    """Live through the round in pages."""
    people = tell_example(INTAKE, NOTICE, local=False)
    await place.settle(people.people, people.list_units())
    example = tell_example(INTAKE, NOTICE, local=False)
    texts, languages = dict[str, str](), Languages()
    officers, *places = [
        _sit_down(place, tab, example, folder / str(number), texts, languages)
        for number, tab in enumerate(tabs)
    ]
    desk = PagedDesk(
        place.client,
        example,
        ROUND,
        SEED,
        lambda _: None,
        texts=texts,
        places=places,
        officers=officers,
        windows=Windows(NEAR),
        secrets=secrets,
    )
    command_id = await register_newcomer(desk.places[0].hands, ADMIN.person, folder)
    (receipt,) = await place.client.ledger.reading.receipts(command_id)
    assert receipt.log == INSTALLATION
    assert NEWCOMER in await place.recorder.people.facts([NEWCOMER])
    await desk.open_round(json.dumps(example.rules.model_dump(mode="json"), ensure_ascii=False))
    return await live_through(desk), desk


def _sit_down(
    place: Installation,
    tab: Tab,
    example: Example,
    folder: Path,
    texts: dict[str, str],
    languages: Languages,
) -> Place:
    folder.mkdir()
    photo = folder / "photo.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    hands = Hands(tab, place.origin, place.passkeys, place.enter, languages)
    applying = Applying(hands, application_form(example.rules.forms), folder)
    return Place(hands, applying, Pages(hands, example.rules, photo, texts))


async def prove(place: Installation, hands: Hands, folder: Path) -> Report:
    """Verify the round in its auditor's pages, then its bundle beside them, with the public key."""
    await wait_for_archive(place.client, ROUND)
    for log in (INSTALLATION, ROUND):
        await wait_for_signature(place.client, log)
    settings, bundle = place.stack.plan.settings, folder / "round.zip"
    public = public_key_file(settings)
    assert public is not None
    verdicts = await verify_copy(hands, AUDITOR, ROUND, public.read_text())
    assert [verdict[:1] for verdict in verdicts] == ["✓", "✓"], verdicts
    auditor = await place.admit(AUDITOR)
    await write_bundle(settings, auditor, ROUND, bundle, redacted=False, tell=lambda *_: None)
    return await asyncio.to_thread(verify, bundle, Outside(key=Verifier.parse(public.read_text())))


async def test_a_whole_round_is_lived_through_in_pages(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Tell
) -> None:
    # Where typing is quick, nothing moves until the intake ends by the clock.
    monkeypatch.setattr("starter.demo.attending.STUCK_AFTER", STUCK_AFTER)
    monkeypatch.setattr("starter.demo.attending.LOOK_EVERY", LOOK_EVERY)
    # An officer whose hands are a script's checks more in a minute than the portal takes from a person.
    monkeypatch.setenv("SELECTION_ACTS_A_MINUTE", "1000")
    began, secrets = monotonic(), Secrets()
    async with AsyncExitStack() as opened, asyncio.TaskGroup() as beside:
        tabs = [await opened.enter_async_context(open_tab(browser)) for _ in range(1 + TABS)]
        complaints = [listen(tab) for tab in tabs]
        by_client = beside.create_task(by_the_client(tmp_path / "local", secrets))
        async with start_installation(tmp_path / "signed") as place:
            seen, desk = await in_pages(place, tabs, tmp_path, secrets)
            report = await prove(place, desk.places[0].hands, tmp_path)
            leaves = [entry.leaf async for entry in place.client.ledger.reading.all_entries(ROUND)]
    see_that_they_agree(seen, by_client.result())
    assert {claim.verdict for claim in report.claims} == {Verdict.PROVEN}, report.claims
    assert "acts-signed" in {claim.code for claim in report.claims}
    signed = [leaf.signed for leaf in leaves if leaf.signed is not None]
    assert {one.proof.signature.scheme for one in signed} == {"webauthn"}
    assert {leaf.actor.role for leaf in leaves if leaf.signed is not None} == ROLES
    assert desk.seconds > 0
    assert any(one.second is not None for one in signed)
    everyone = ROLES | {Role.ADMIN, Role.AUDITOR}
    assert desk.places[0].hands.languages.used == {(role, one) for role in everyone for one in LANGUAGES}
    said = [one for heard in complaints for one in heard]
    assert [one for one in said if not re.search("40[349]|422", one)] == []
    record_property(LIVED_THROUGH, tell_figures(seen, desk, report, monotonic() - began))


def see_that_they_agree(seen: Summary, told: Summary) -> None:
    """See that the round in pages came to what the client's came to, by the same acts and refusals."""
    assert seen.applications == told.applications
    for summary in (seen, told):
        summary.acts.pop("extend-deadline", None)
    assert seen.acts == told.acts
    assert seen.refusals == told.refusals
    assert [item.place for item in seen.centres] == list(range(1, len(seen.centres) + 1))


def tell_figures(seen: Summary, desk: PagedDesk, report: Report, seconds: float) -> str:
    """Return what was lived through, in figures."""
    return (
        f"{len(seen.applications)} applications, {len(seen.centres)} centres; {sum(seen.acts.values())} acts in "
        f"{len(desk.places)} tabs, {desk.seconds} of them signed by two, {len(seen.refusals)} refused; "
        f"{len(report.claims)} claims proven; {seconds / 60:.0f} minutes"
    )
