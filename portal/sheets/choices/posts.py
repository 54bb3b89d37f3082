"""What can be chosen where posts of a round change: the posts that the visitor may change, levels, what was entered."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from portal.forms.typed import Typed
from portal.sheets.choices.people import name_all
from portal.sheets.filling import FIELD
from portal.sheets.setting import Setting
from portal.sheets.sheet import Option, PeopleIn
from portal.wording.doing.every import WORDS
from reading.models import RoundForm
from selection.kernel.actor import Role
from selection.kernel.counting import fill
from selection.kernel.instants import show_instant
from selection.kernel.named import Named
from selection.round.people.decide import appoints
from selection.round.people.events import (
    DelegationEnded,
    PostChanged,
    PostChangeDeclined,
    PostChangeEntered,
    PostDelegated,
)
from selection.rules.holders import Post
from selection.wording.code_names import POSTS

NO_LEVEL = Option("", "none: it is not the post of an approver", "不适用：不是审批岗位", True)
LANGUAGES = ("en", "zh")


async def list_posts(setting: Setting) -> tuple[Option, ...]:
    """Return the posts that may be changed in the visitor's role; one alone is chosen already."""
    codes = [code for code in get_args(Post) if _is_theirs(setting, code)]
    return tuple(Option(code, *POSTS[code], len(codes) == 1) for code in codes)


async def list_levels(setting: Setting) -> tuple[Option, ...]:
    """Return the levels of approval of the round; none of them is chosen at first."""
    return (NO_LEVEL, *(Option(item.code, item.en, item.zh) for item in await _read_levels(setting)))


async def list_removable(setting: Setting) -> tuple[Option, ...]:
    """Return who holds a post that the visitor's role changes, each with it."""
    return await _list_in_office(setting, [code for code in get_args(Post) if _is_theirs(setting, code)])


async def list_in_office(setting: Setting) -> tuple[Option, ...]:
    """Return who else holds a post of the round, to its staff each with it; to others whom somebody entered."""
    held = await _list_in_office(setting, get_args(Post))
    if held:
        return held
    return name_all(person for entry in await _list_of_others(setting) for person in entry["removed"])


async def list_entered(setting: Setting) -> tuple[Option, ...]:
    """Return whom others have entered for a post, where that waits for the visitor: they need not be typed again."""
    return name_all(person for entry in await _list_of_others(setting) for person in entry["added"])


async def list_waiting_changes(setting: Setting) -> tuple[Option, ...]:
    """Return the changes of posts that the visitor may decline, by their numbers: an approver those of their own."""
    own, theirs = setting.visit.subject.person, setting.role is not Role.APPROVER
    waiting = [entry for entry in (await _list_waiting(setting)).values() if theirs or entry["by"] == own]
    levels = await _read_levels(setting)
    return tuple(_tell_change(entry, levels, chosen=len(waiting) == 1) for entry in waiting)


async def list_delegations(setting: Setting) -> tuple[Option, ...]:
    """Return the delegations that the visitor may end, by their numbers: their own, and of posts that they change."""
    visit, found = setting.visit, dict[int, dict[str, Any]]()
    for entry in await visit.reads.rounds.list_entries(visit.subject, setting.spot.round):
        data = entry.view["data"]
        if entry.view["type"] == PostDelegated.TYPE:
            found[data["number"]] = data
        elif entry.view["type"] == DelegationEnded.TYPE:
            found.pop(data["number"], None)
    running = [
        item
        for item in _list_lasting(found.values())
        if item["holder"] == visit.subject.person or _is_theirs(setting, item["post"])
    ]
    return tuple(_tell_delegation(item, setting, chosen=len(running) == 1) for item in running)


async def prefill_change(setting: Setting, _form: RoundForm | None) -> Typed:
    """Return the last change that waits for somebody else than the visitor: who agrees enters the very same."""
    others = await _list_of_others(setting)
    if not others:
        return {}
    entry = others[-1]
    people = {name: tuple(entry[kept]) for name, kept in (("add", "added"), ("remove", "removed"))}
    typed = {"post": (entry["post"],), "level": (entry["level"],), **people}
    return {f"{FIELD}{name}": values for name, values in typed.items()}


def _is_theirs(setting: Setting, post: str) -> bool:
    """Tell whether the visitor's role changes a post, where two of it are left."""
    return appoints(setting.role, post)


async def _read_levels(setting: Setting) -> tuple[Named, ...]:
    return (await setting.visit.reads.rounds.get_names(setting.visit.subject, setting.spot.round)).levels


async def _list_in_office(setting: Setting, posts: Iterable[str]) -> tuple[Option, ...]:
    visit, wanted = setting.visit, set(posts)
    levels = await _read_levels(setting)
    held: dict[str, list[tuple[str, str]]] = {}
    for key, people in (await visit.reads.rounds.list_holders(visit.subject, setting.spot.round)).items():
        post, _, level = key.partition("/")
        for person in people if post in wanted else ():
            held.setdefault(person, []).append(_name_post(post, level, levels))
    held.pop(visit.subject.person, None)
    return tuple(
        Option(person, ", ".join(en for en, _ in named), "、".join(zh for _, zh in named))
        for person, named in held.items()
    )


def _name_post(post: str, level: str, levels: Iterable[Named]) -> tuple[str, str]:
    """Return what a post is called, one of approvers with its level."""
    found = next((item for item in levels if item.code == level), None)
    if found is None:
        return POSTS[post]
    en, zh = WORDS["post-of-level"]
    return fill(en, {"post": POSTS[post][0], "level": found.en}), fill(
        zh, {"post": POSTS[post][1], "level": found.zh}
    )


async def _list_of_others(setting: Setting) -> list[dict[str, Any]]:
    """Return what waits for somebody else than who entered it, and is not about the visitor."""
    own, waiting = setting.visit.subject.person, (await _list_waiting(setting)).values()
    return [item for item in waiting if own not in (item["by"], *item["added"], *item["removed"])]


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
    return {item["number"]: item for item in _list_lasting(found.values())}


def _list_lasting(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    return [item for item in items if now < datetime.fromisoformat(item["until"])]


def _tell_change(entry: Mapping[str, Any], levels: Iterable[Named], *, chosen: bool) -> Option:
    """Return what was entered, with the people whom it adds and removes."""
    post = _name_post(entry["post"], entry["level"], levels)
    number = str(entry["number"])
    en, zh = (
        fill(text, {"number": number, "post": name})
        for text, name in zip(WORDS["change-entered"], post, strict=True)
    )
    of = tuple(
        PeopleIn(*WORDS[key], tuple(entry[name]))
        for key, name in (("change-adds", "added"), ("change-removes", "removed"))
        if entry[name]
    )
    return Option(number, en, zh, chosen, of=of)


def _tell_delegation(item: Mapping[str, Any], setting: Setting, *, chosen: bool) -> Option:
    """Return a delegation, with who gave it and to whom."""
    until, number = datetime.fromisoformat(item["until"]), str(item["number"])
    en, zh = (
        fill(
            text,
            {"number": number, "post": name, "until": show_instant(until, language, setting.spot.zone)},
        )
        for text, name, language in zip(
            WORDS["delegation-given"], POSTS[item["post"]], LANGUAGES, strict=True
        )
    )
    of = tuple(
        PeopleIn(*WORDS[key], (item[name],))
        for key, name in (("delegation-by", "holder"), ("delegation-to", "substitute"))
    )
    return Option(number, en, zh, chosen, of=of)
