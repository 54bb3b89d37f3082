"""A whole round in Chromium: every act of every role in a page, signed by passkeys, in Chinese and English.

What it is compared with is the same round by the client: the same choices, on another installation.
"""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

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
from selection.round.commands import ExtendDeadline, OpenRound
from selection.round.state import RoundState
from selection.rules.loading import rules_hash
from selection.transparency.note import Verifier
from starter.archive.bundling import write_bundle
from starter.client.client import SelectionClient
from starter.client.registering import register_people
from starter.commands.operator.up import plan_stack
from starter.demo.acts import intake
from starter.demo.acts.extending import extend_if_near, officer_of
from starter.demo.attending import Attendance
from starter.demo.proof import wait_for_archive, wait_for_signature
from starter.demo.summary import Result, summary_of
from starter.people.initial_key import public_key_file
from tests.browser.round.applying import Applying
from tests.browser.round.desk import PagedDesk, PlainDesk
from tests.browser.round.example import HANDLERS, ROUND, SEED, cut_down
from tests.browser.round.installation import ADMIN, Installation, start_installation
from tests.browser.round.oversight import NEWCOMER, register_newcomer, verify_copy
from tests.browser.round.pages import Pages
from tests.browser.support.chromium import Tab
from tests.browser.support.hands import Hands
from tests.browser.support.portal import listen

INTAKE, NEAR = 90.0, timedelta(seconds=60)
"""Seconds of intake at least, and how near its end an officer extends it: it and the notice end by the clock."""
NOTICE = 60.0
AUDITOR = "auditor-1"
STUCK_AFTER = 600.0
"""Seconds in which nothing moves before a round is given up; longer than any of those."""
ROLES = set(Role) - {Role.ADMIN, Role.AUDITOR, Role.SYSTEM}
"""Who acts in a round. The administrator's act is of the register, and the auditor reads: both in pages too."""


async def live_through(desk: PagedDesk | PlainDesk) -> tuple[Result, ...]:
    """Take an open round to its issued list."""

    async def watch(state: RoundState) -> None:
        pass

    async def wait(over: Callable[[RoundState], bool]) -> RoundState:
        return await Attendance(desk, HANDLERS, watch).until(over)

    async def extend(command: ExtendDeadline) -> None:
        await desk.act(desk.round_stream, command, officer_of(desk), Role.OFFICER)

    for applicant in desk.example.applicants:
        await extend_if_near(desk, NEAR, extend)
        await desk.submit(applicant)
        await extend_if_near(desk, NEAR, extend)
        await intake.confirm(desk, applicant, 1)
    await extend_if_near(desk, NEAR, extend)
    await intake.recommendations(desk, wait)
    await wait(lambda state: state.stage is RoundStage.ISSUED and not state.batch)
    return (await summary_of(desk)).applications


async def by_the_client(folder: Path) -> tuple[Result, ...]:
    """Live through the round on a local installation, by the client alone."""
    plan = plan_stack(Settings(data=folder), ANY, 1, local=True)
    async with EmbeddedStack(plan) as stack:
        client = await SelectionClient.connect(plan.settings)
        await wait_for_worker(client.temporal, stack.endpoints.task_queue)
        example = cut_down(INTAKE, NOTICE, local=True)
        admin = Actor(person=example.rules.staff.admins[0], role=Role.ADMIN)
        await register_people(client, example.people, actor=admin, command_id="people")
        desk = PlainDesk(client, example, ROUND, SEED, lambda _: None)
        opened = OpenRound(rules=example.rules.model_dump(mode="json"), rules_hash=rules_hash(example.rules))
        await desk.act(desk.round_stream, opened, example.rules.staff.officers[0], Role.OFFICER)
        ended = await live_through(desk)
        await client.close()
        return ended


async def in_pages(place: Installation, tab: Tab, folder: Path) -> tuple[tuple[Result, ...], PagedDesk]:
    """Live through the round in pages."""
    people = cut_down(1, 1, local=False)
    await place.settle(people.people, people.list_units())
    example = cut_down(INTAKE, NOTICE, local=False)
    photo = folder / "photo.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    hands = Hands(tab, place.origin, place.passkeys, place.tokens)
    desk = PagedDesk(
        place.client,
        example,
        ROUND,
        SEED,
        lambda _: None,
        hands=hands,
        applying=Applying(hands, application_form(example.rules.forms), folder),
        pages=Pages(hands, example.rules, photo),
    )
    command_id = await register_newcomer(hands, ADMIN.person, folder)
    (receipt,) = await place.client.ledger.reading.receipts(command_id)
    assert receipt.log == INSTALLATION
    assert NEWCOMER in await place.recorder.people.facts([NEWCOMER])
    await desk.open_round(json.dumps(example.rules.model_dump(mode="json"), ensure_ascii=False))
    return await live_through(desk), desk


async def prove(place: Installation, hands: Hands, folder: Path) -> Report:
    """Verify the round in its auditor's pages, then its bundle beside them, with the public key."""
    await wait_for_archive(place.client, ROUND)
    for log in (INSTALLATION, ROUND):
        await wait_for_signature(place.client, log)
    settings, bundle = place.stack.plan.settings, folder / "round.zip"
    public = public_key_file(settings)
    assert public is not None
    verdict = await verify_copy(hands, AUDITOR, ROUND, public.read_text())
    assert verdict.startswith("✓"), verdict
    auditor = await place.admit(AUDITOR)
    await write_bundle(settings, auditor, ROUND, bundle, redacted=False, tell=lambda *_: None)
    return await asyncio.to_thread(verify, bundle, Outside(key=Verifier.parse(public.read_text())))


async def test_a_whole_round_is_lived_through_in_pages(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where typing is quick, nothing moves until the intake ends by the clock.
    monkeypatch.setattr("starter.demo.attending.STUCK_AFTER", STUCK_AFTER)
    complaints = listen(tab)
    async with asyncio.TaskGroup() as beside:
        by_client = beside.create_task(by_the_client(tmp_path / "local"))
        async with start_installation(tmp_path / "signed") as place:
            seen, desk = await in_pages(place, tab, tmp_path)
            report = await prove(place, desk.hands, tmp_path)
            leaves = [entry.leaf async for entry in place.client.ledger.reading.all_entries(ROUND)]
    assert seen == by_client.result()
    assert sorted(item.place for item in seen if item.place) == [1, 2]
    assert {claim.verdict for claim in report.claims} == {Verdict.PROVEN}, report.claims
    assert "acts-signed" in {claim.code for claim in report.claims}
    signed = [leaf.signed for leaf in leaves if leaf.signed is not None]
    assert {one.proof.signature.scheme for one in signed} == {"webauthn"}
    assert {leaf.actor.role for leaf in leaves if leaf.signed is not None} == ROLES
    assert desk.seconds > 0
    assert any(one.second is not None for one in signed)
    assert set(desk.hands.language.values()) == {"zh", "en"}
    assert [said for said in complaints if not re.search("40[49]|422", said)] == []
