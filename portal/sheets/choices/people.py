"""Who is on a panel, as far as its application shows it to whoever asks; and who serves elsewhere in the round."""

from typing import Any

from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from selection.application.review.events import InvitationAccepted, PanelSeated, SeatFilled, SeatVacated

OFFERED = 30
"""People at most who are offered beside those whose ids are typed [D]: those with the most applications."""
AGREED = ("accepted", "submitted")


async def list_panel(setting: Setting) -> tuple[Option, ...]:
    """Return the members who accepted their seats."""
    view = setting.spot.view
    assert view is not None
    if view.seats is not None:
        return name_all(seat.expert for seat in view.seats if seat.state in AGREED)
    return name_all(await _follow(setting))


async def list_seated(setting: Setting) -> tuple[Option, ...]:
    """Return everyone on the panel to staff, to suggest; nobody to others, whom the panel does not show to."""
    view = setting.spot.view
    return name_all(
        seat.expert for seat in (view.seats if view and view.seats else ()) if seat.state != "empty"
    )


async def list_surveyors(setting: Setting) -> tuple[Option, ...]:
    """Return who surveys other applications of the round, to staff: those whom they may know, and no more."""
    return await _list_serving(setting, "surveyor")


async def list_examiners(setting: Setting) -> tuple[Option, ...]:
    """Return who examines or decides on requests in other applications of the round, to staff."""
    return await _list_serving(setting, "examiner")


def name_all(people: Any) -> tuple[Option, ...]:
    """Return people as options, each once; pages name them where they show them."""
    return tuple(Option(person, person, person) for person in dict.fromkeys(people))


async def _list_serving(setting: Setting, duty: str) -> tuple[Option, ...]:
    visit = setting.visit
    found = await visit.reads.register.list_serving(visit.subject, setting.spot.stream, duty)
    return name_all(found[:OFFERED])


async def _follow(setting: Setting) -> list[str]:
    """Return who accepted and still sits, from what happened as the chair is told it."""
    visit = setting.visit
    seats: dict[str, str] = {}
    agreed: set[str] = set()
    for entry in await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream):
        kind, data = entry.view["type"], entry.view["data"]
        seat, expert = str(data.get("seat", "")), str(data.get("expert", ""))
        if kind == PanelSeated.TYPE:
            seats |= data.get("seats", {})
        elif kind == SeatFilled.TYPE:
            seats[seat] = expert
        elif kind == SeatVacated.TYPE:
            seats.pop(seat, None)
        elif kind == InvitationAccepted.TYPE:
            agreed.add(expert)
    return [expert for expert in seats.values() if expert in agreed]
