"""A portal to watch the people of the demo: beside other stacks, with a link for a person of each role."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import PORTAL, STARTS, EmbeddedStack
from runtime.errors import StackError
from selection.kernel.actor import Role
from selection.wording.code_names import ROLES, name_of
from starter.commands.operator.up import wait_for_portal, with_portal
from starter.demo.example import Example
from starter.demo.narrator import Narrator
from starter.people.portal_link import make_sign_in_links


def pick_people(example: Example) -> dict[Role, str]:
    """Return one person of each role who is known before the round begins: a panel's chair is appointed in it."""
    picked: dict[Role, str] = {}
    for role in Role:
        holders = [item.person for item in example.people if role in item.roles]
        # Survey teams and examiners are appointed too, but of people who are there for nothing else.
        if found := holders or example.list_people(f"{role}-"):
            picked[role] = found[0]
    return picked


@asynccontextmanager
async def run_with_portal(plan: StackPlan, wanted: int | None) -> AsyncIterator[EmbeddedStack]:
    """Run a throw-away stack with a portal, on another port where somebody else takes the one that was free.

    A port that is asked for is that one. Raises StackError.
    """
    for starts_left in reversed(range(STARTS)):
        async with EmbeddedStack(with_portal(plan, wanted, moves=True)) as stack:
            try:
                await _wait_until_answering(stack)
            except StackError as why:
                if wanted or not why.lost_its_port or not starts_left:
                    raise
                continue
            yield stack
            return


async def _wait_until_answering(stack: EmbeddedStack) -> None:
    """Wait for the portal. Raises StackBroken when a part ends first."""
    tasks = [asyncio.create_task(wait_for_portal(stack)), asyncio.create_task(stack.watch())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def offer_links(stack: EmbeddedStack, example: Example, narrator: Narrator) -> None:
    """Print the links; from then on the portal is started again whenever it ends by itself."""
    stack.revive(PORTAL, partial(_tell_revival, narrator))
    people = pick_people(example)
    origin = stack.plan.settings.portal_origin
    links = await make_sign_in_links(stack.endpoints.databases, origin, list(people.values()))
    narrator.line("watch", address=origin)
    for (role, person), link in zip(people.items(), links, strict=True):
        narrator.command(f"  {name_of(ROLES, role, narrator.language)}, {person}: {link.address}")
    narrator.line("watch-others")


def _tell_revival(narrator: Narrator, pause: float) -> None:
    narrator.line("portal-revived", seconds=f"{pause:g}")
