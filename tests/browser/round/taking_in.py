"""The intake, in pages or by the client: all fill in at once, and hand in one after the other, as numbers are given."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.round.state import RoundState
from starter.demo.acts import intake
from starter.demo.acts.changes import announce
from starter.demo.desk import LOOK_EVERY
from starter.demo.example import Applicant
from tests.browser.round.desk import PagedDesk, PlainDesk

Wait = Callable[[Callable[[RoundState], bool]], Awaitable[RoundState]]


async def take_in(desk: PagedDesk | PlainDesk, wait: Wait) -> None:
    """Hand in, edit, confirm, withdraw and recommend in time; who is too late was about to sign when it closed."""
    late = [item for item in desk.example.applicants if item.code in desk.example.story.late_submission]
    in_time = [item for item in desk.example.applicants if item not in late]
    await announce(desk)
    await _all(desk.fill_in(item) for item in desk.example.applicants)
    for item in desk.example.applicants:
        await (desk.prepare(item) if item in late else desk.submit(item))
    await _all(_go_on(desk, item) for item in in_time)
    await _all((intake.recommendations(desk, wait), _come_late(desk, late)))


async def _come_late(desk: PagedDesk | PlainDesk, late: Sequence[Applicant]) -> None:
    while late and "submission" not in (await desk.round_state()).closed:
        await asyncio.sleep(LOOK_EVERY)
    for item in late:
        await desk.come_late(item)


async def _go_on(desk: PagedDesk | PlainDesk, applicant: Applicant) -> None:
    story, revision = desk.example.story, 1
    if applicant.code in story.edited:
        revision = 2
        await desk.edit(applicant, revision)
    if applicant.code not in story.unconfirmed:
        await intake.confirm(desk, applicant, revision)
    if applicant.code in story.withdrawn:
        reason = await desk.text("计划有变，撤回申报。\nPlans have changed; withdrawn.", applicant.agent)
        withdrawn = c.Withdraw(reason=reason)
        await desk.act(desk.streams[applicant.code], withdrawn, applicant.agent, Role.APPLICANT)


async def _all(acts: Iterable[Awaitable[None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for act in acts:
            group.create_task(_one(act))


async def _one(act: Awaitable[None]) -> None:
    await act
