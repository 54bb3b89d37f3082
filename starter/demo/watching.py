"""Links to watch the people of the demo: one for a person of each role, told before the round begins."""

from functools import partial

from runtime.embedded.stack import PORTAL, EmbeddedStack
from selection.kernel.actor import Role
from selection.wording.code_names import ROLES, name_of
from starter.commands.operator.up import wait_for_portal
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


async def offer_links(stack: EmbeddedStack, example: Example, narrator: Narrator) -> None:
    """Print the links once the portal answers; from then on it is started again whenever it ends by itself."""
    await wait_for_portal(stack.plan, stack)
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
