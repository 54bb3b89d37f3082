"""What can be chosen where posts of a round change: the posts that the visitor may change, levels, what was entered."""

from datetime import UTC, datetime
from typing import Any, get_args

from portal.forms.typed import Typed
from portal.sheets.filling import FIELD
from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from portal.wording.doing.every import WORDS
from reading.models import RoundForm
from selection.kernel.actor import Role
from selection.kernel.counting import fill
from selection.round.people.events import PostChanged, PostChangeDeclined, PostChangeEntered
from selection.rules.holders import Post
from selection.wording.code_names import POSTS

THEIRS = "supervisors"
"""The post of supervisors, which officers change; supervisors change the others."""
NO_LEVEL = Option("", "none: it is not the post of an approver", "不适用：不是审批岗位", True)


async def list_posts(setting: Setting) -> tuple[Option, ...]:
    """Return the posts that may be changed in the visitor's role; one alone is chosen already."""
    theirs = setting.role is Role.OFFICER
    codes = [code for code in get_args(Post) if (code == THEIRS) is theirs]
    return tuple(Option(code, *POSTS[code], len(codes) == 1) for code in codes)


async def list_levels(setting: Setting) -> tuple[Option, ...]:
    """Return the levels of approval of the round; none of them is chosen at first."""
    names = await setting.visit.reads.rounds.get_names(setting.visit.subject, setting.spot.round)
    return (NO_LEVEL, *(Option(level.code, level.en, level.zh) for level in names.levels))


async def list_waiting_changes(setting: Setting) -> tuple[Option, ...]:
    """Return the changes of posts that the visitor may decline, by their numbers: an approver those of their own."""
    own, theirs = setting.visit.subject.person, setting.role is not Role.APPROVER
    waiting = [entry for entry in (await _list_waiting(setting)).values() if theirs or entry["by"] == own]
    return tuple(Option(str(entry["number"]), *_tell_change(entry), len(waiting) == 1) for entry in waiting)


async def prefill_change(setting: Setting, _form: RoundForm | None) -> Typed:
    """Return the last change that waits for somebody else than the visitor: who agrees enters the very same."""
    own = setting.visit.subject.person
    waiting = (await _list_waiting(setting)).values()
    others = [item for item in waiting if own not in (item["by"], *item["added"], *item["removed"])]
    if not others:
        return {}
    entry = others[-1]
    people = {name: ("\n".join(entry[kept]),) for name, kept in (("add", "added"), ("remove", "removed"))}
    typed = {"post": (entry["post"],), "level": (entry["level"],), **people}
    return {f"{FIELD}{name}": values for name, values in typed.items()}


async def _list_waiting(setting: Setting) -> dict[int, dict[str, Any]]:
    """Return what was entered by its number, as far as it still counts, was not declined and no post changed since."""
    visit, found = setting.visit, dict[int, dict[str, Any]]()
    for entry in await visit.reads.rounds.list_entries(visit.subject, setting.spot.round):
        data, person = entry.view["data"], entry.view["actor"].get("person")
        match entry.view["type"]:
            case PostChangeEntered.TYPE:
                # Who may know by whom each is sees what the same person entered since in its place.
                found = {key: item for key, item in found.items() if item["by"] != person or person is None}
                found[data["number"]] = {**data, "by": person}
            case PostChangeDeclined.TYPE:
                found.pop(data["number"], None)
            case PostChanged.TYPE:
                found.clear()
    now = datetime.now(UTC)
    return {key: item for key, item in found.items() if now < datetime.fromisoformat(item["until"])}


def _tell_change(entry: dict[str, Any]) -> tuple[str, str]:
    """Return what was entered in both languages."""
    people = {name: ", ".join(entry[name]) or "-" for name in ("added", "removed")}
    en, zh = (
        fill(text, {"number": str(entry["number"]), "post": post, **people})
        for text, post in zip(WORDS["change-entered"], POSTS[entry["post"]], strict=True)
    )
    return en, zh
