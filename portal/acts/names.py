"""Names in an act that registers people: read when it is shown, and kept with no act."""

from portal.acts.prepared import Line, PreparedAct
from portal.visit import Visit
from selection.refusals.refused import Refused


async def with_names(visit: Visit, prepared: PreparedAct) -> PreparedAct:
    """Return an act with the names of whom it registers, as far as they are still stored for it."""
    asked = {line.en: line.identity for line in prepared.lines if line.identity}
    if not asked:
        return prepared
    try:
        names = await visit.reads.register.list_awaiting_names(visit.subject, asked)
    except Refused:
        names = {}
    return prepared.with_(lines=tuple(_name(line, names.get(line.en, "")) for line in prepared.lines))


def _name(line: Line, name: str) -> Line:
    if not (line.identity and name):
        return line
    return line.with_(value_en=f"{name} · {line.value_en}", value_zh=f"{name} · {line.value_zh}")
