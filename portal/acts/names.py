"""People in acts by their names: read when an act is shown, and kept with none."""

from collections.abc import Iterable, Mapping

from portal.acts.prepared import Line, PreparedAct
from portal.people import tell_against, with_id
from portal.visit import Visit
from selection.refusals.refused import Refused


async def with_names(visit: Visit, prepared: PreparedAct) -> PreparedAct:
    """Return an act with the names of whom it is about, and of whom it registers as far as they are stored for it."""
    asked = {line.en: line.identity for line in prepared.lines if line.identity}
    names: Mapping[str, str] = {}
    if asked:
        try:
            names = await visit.reads.register.list_awaiting_names(visit.subject, asked)
        except Refused:
            names = {}
    lines = await name_lines(visit, prepared.act.stream, prepared.lines)
    return prepared.with_(lines=tuple(_name(line, names.get(line.en, "")) for line in lines))


async def name_lines(visit: Visit, stream: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with the names of the people in them, as far as the visitor may know them, and their ids.

    What is signed is the id, so it stays beside the name.
    """
    lines = tuple(lines)
    people = {person for line in lines for person in line.people if person}
    if not people:
        return lines
    called = await visit.reads.register.call_people(visit.subject, stream, people)
    return tuple(_call(line, called) for line in lines)


def _call(line: Line, called: Mapping[str, str]) -> Line:
    if not line.names_people:
        return line
    values = ((line.value_en, "en"), (line.value_zh, "zh"))
    en, zh = (_put(value, line.people, called, language) for value, language in values)
    # It no longer says a text as that is stored.
    return line.with_(value_en=en, value_zh=zh, salt="")


def _put(value: str, people: tuple[str, ...], called: Mapping[str, str], language: str) -> str:
    named = zip(value.split("\n"), people, strict=True)
    return "\n".join(_tell(text, person, called, language) for text, person in named)


def _tell(text: str, person: str, called: Mapping[str, str], language: str) -> str:
    if not person:
        return text
    name = with_id(called[person], person, language) if person in called else person
    return name if text == person else tell_against(name, text, language)


def _name(line: Line, name: str) -> Line:
    if not (line.identity and name):
        return line
    return line.with_(value_en=f"{name} · {line.value_en}", value_zh=f"{name} · {line.value_zh}")
