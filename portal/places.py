"""Rounds, and what is in them, as pages call them: by numbers and titles where these show, else as addresses do."""

from collections.abc import Iterable

from portal.shown.rendering import pick
from portal.visit import Visit
from reading.errors import Hidden
from reading.models import RoundNames, ShownTask
from selection.register.state import INSTALLATION
from selection.streams import find_unit


async def find_names(visit: Visit, round_id: str) -> RoundNames | None:
    """Return what a round's rules call things; None of what is no round, or does not show."""
    if round_id == INSTALLATION:
        return None
    try:
        return await visit.reads.rounds.get_names(visit.subject, round_id)
    except Hidden:
        return None


async def find_titles(visit: Visit, rounds: Iterable[str]) -> dict[str, RoundNames]:
    """Return the names of those of these rounds that show, by their ids."""
    found = {round_id: await find_names(visit, round_id) for round_id in sorted(set(rounds))}
    return {round_id: names for round_id, names in found.items() if names is not None}


def name_place(stream: str, names: RoundNames | None, language: str) -> tuple[str, str]:
    """Return what a stream is called, and what stands beside that: a number or a unit beside it its round's title.

    Both are empty for the installation.
    """
    place = stream.partition("/")[2]
    if names is None or not place:
        return place, ""
    title, part = pick(language, names.title.en, names.title.zh), place.partition("/")[2]
    if find_unit(stream):
        listed = next((item for item in names.recommenders if item.code == part), None)
        part = pick(language, listed.en, listed.zh) if listed is not None else part
    return (part, title) if part else (title, "")


def tell_place(stream: str, names: RoundNames | None, language: str) -> str:
    """Return a stream in one line, such as an application's number and the title of its round."""
    return " · ".join(filter(None, name_place(stream, names, language)))


def tell_beside(task: ShownTask, language: str) -> str:
    """Return what tells apart the tasks on applications of one name: the number, and whose it is where that shows."""
    number = task.stream.rpartition("/")[2] if task.stream.startswith("application/") else ""
    return " · ".join(filter(None, (number, pick(language, task.host_en, task.host_zh))))
