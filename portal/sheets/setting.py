"""Where an act is done, by whom, and how things stand there: what pages, options and checks are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal
from urllib.parse import quote

from portal.acts.preparing import Title
from portal.faults import Fault
from portal.visit import Visit
from reading.access.roles import roles_of
from reading.models import ApplicationView, ShownEntry
from selection.application.notice.events import NoticeOpened
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.stages import ListStage, RegisterStage
from selection.kernel.zone import BEIJING, Zone
from selection.register.state import INSTALLATION
from selection.rooms import LIST_ACTS
from selection.streams import application_stream, recommender_stream, round_stream
from selection.visibility.viewer import OVERSEEING, Standing
from starter.client.client import new_command_id

PlaceKind = Literal["application", "list", "round", "register"]
"""What the address of an act names: a round with a number, a round with a unit, a round, or nothing."""


@dataclass(frozen=True)
class Spot:
    """A place with what the visitor is to it. `stage` is empty where it does not show; `view` is of an application.

    `own_roles` are the roles that the register gives them, in a round. Of an application whose stage does not show
    `notice` says until when objections are raised. `happened` are the types of its entries, None where nobody read any.
    """

    kind: PlaceKind
    round: str
    part: str
    title: Title
    stage: str
    standings: frozenset[Standing]
    roles: frozenset[Role]
    zone: Zone
    view: ApplicationView | None = None
    own_roles: frozenset[Role] = frozenset()
    notice: Instant | None = None
    happened: frozenset[str] | None = None

    @property
    def oversees(self) -> bool:
        """Whether the visitor has a desk in the round."""
        return not OVERSEEING.isdisjoint(self.standings)

    @property
    def path(self) -> str:
        """The place as addresses name it; empty for the register."""
        return "/".join(quote(part, safe="") for part in (self.round, self.part) if part)

    @property
    def stream(self) -> str:
        """The stream that the place names."""
        match self.kind:
            case "application":
                return application_stream(self.round, self.part)
            case "list":
                return recommender_stream(self.round, self.part)
            case "round":
                return round_stream(self.round)
        return INSTALLATION


@dataclass(frozen=True)
class Setting:
    """One act, by the kind of its command, in its place, about to be done by the visitor in `role`.

    `unit` is the one of theirs that the address names, for an act on a unit's list that is done about an application.
    """

    visit: Visit
    kind: str
    spot: Spot
    role: Role
    unit: str = ""

    @cached_property
    def new_id(self) -> str:
        """The id of the act, and of what it brings into being."""
        return new_command_id()

    @property
    def path(self) -> str:
        """The address of the sheet here."""
        place = f"/do/{self.kind}" + (f"/{self.spot.path}" if self.spot.path else "")
        return f"{place}?unit={quote(self.unit, safe='')}" if self.unit else place

    @property
    def stream(self) -> str:
        """The stream on which the act is done: its unit's list for what is done there about an application.

        Raises Fault for who acts for several units and did not say for which.
        """
        if not self._is_of_list:
            return self.spot.stream
        self.require_stream()
        return recommender_stream(self.spot.round, self.list_units()[0])

    @property
    def _is_of_list(self) -> bool:
        return self.kind in LIST_ACTS and self.spot.kind == "application"

    @property
    def is_of_one_stream(self) -> bool:
        """Whether there is no doubt on which stream the act is done."""
        return not self._is_of_list or len(self.list_units()) == 1

    def require_stream(self) -> None:
        """See that the act has one stream. Raises Fault as `stream` does."""
        if not self.is_of_one_stream:
            raise Fault("several-units", 409)

    def list_units(self) -> tuple[str, ...]:
        """Return the visitor's units for which an act on a list may be: one, unless nothing says which of several."""
        units = self.visit.subject.get_units(Role.RECOMMENDER)
        row = self.spot.view.row if self.spot.view is not None else None
        chosen = self.unit or (row.unit if row is not None else None)
        return (chosen,) if chosen in units and chosen is not None else units


async def find_spot(visit: Visit, kind: PlaceKind, parts: tuple[str, ...]) -> Spot:
    """Return the place of an address with what the visitor is to it. Raises Fault or Hidden."""
    if len(parts) != {"application": 2, "list": 2, "round": 1, "register": 0}[kind] or not all(parts):
        raise Fault("no-page", 404)
    match kind:
        case "application":
            return await _find_application(visit, *parts)
        case "list":
            return await _find_list(visit, *parts)
        case "round":
            return await _find_round(visit, *parts)
    roles = frozenset(role for role in Role if visit.subject.holds(role))
    title = Title(visit.say("do.register"), visit.say("do.register"))
    return Spot("register", "", "", title, RegisterStage.OPEN, frozenset(), roles, BEIJING)


async def _find_application(visit: Visit, round_id: str, number: str) -> Spot:
    stream = application_stream(round_id, number)
    view = await visit.reads.applications.get(visit.subject, stream)
    standings = await visit.reads.applications.get_standings(visit.subject, stream)
    words = await visit.reads.rounds.get_words(visit.subject, round_id)
    spot = spot_of(visit, view, standings, words.zone)
    return spot if spot.stage else await with_happened(visit, spot)


def spot_of(visit: Visit, view: ApplicationView, standings: frozenset[Standing], zone: Zone) -> Spot:
    """Return an application that was read as the place of an act."""
    row, roles = view.row, roles_of(visit.subject, standings)
    return Spot("application", row.round, row.number, Title.of(row), row.stage, standings, roles, zone, view)


async def with_happened(visit: Visit, spot: Spot, entries: Sequence[ShownEntry] | None = None) -> Spot:
    """Return an application with what happened to it, as far as it shows; read here where that was not read before."""
    if entries is None:
        entries = await visit.reads.applications.list_timeline(visit.subject, spot.stream)
    notice = None if spot.stage else await _find_notice(visit, spot.round, entries)
    return replace(spot, notice=notice, happened=frozenset(entry.view["type"] for entry in entries))


async def _find_notice(visit: Visit, round_id: str, entries: Sequence[ShownEntry]) -> Instant | None:
    """Return when the time for objections is over, None where it never began: an outage moves it for all the round."""
    told = [entry.view["data"]["until"] for entry in entries if entry.view["type"] == NoticeOpened.TYPE]
    if not told:
        return None
    found = await visit.reads.rounds.get(visit.subject, round_id)
    moved = [item.until for item in found.deadlines if item.deadline == "notice"]
    return max(datetime.fromisoformat(str(told[-1])), *moved)


async def _find_round(visit: Visit, round_id: str) -> Spot:
    view = await visit.reads.rounds.get(visit.subject, round_id)
    standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    title = Title(names.title.en, names.title.zh)
    roles = roles_of(visit.subject, standings)
    own = frozenset(role for role in Role if visit.subject.holds(role))
    stage, zone = view.row.stage, names.words.zone
    return Spot("round", round_id, "", title, stage, standings, roles, zone, own_roles=own)


async def _find_list(visit: Visit, round_id: str, unit: str) -> Spot:
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    found = next((item for item in names.recommenders if item.code == unit), None)
    title = Title(found.en, found.zh) if found else Title(unit, unit)
    standings, roles = frozenset({Standing.RECOMMENDER}), frozenset({Role.RECOMMENDER})
    if unit not in visit.subject.get_units(Role.RECOMMENDER):
        standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
        roles = roles_of(visit.subject, standings) & {Role.OFFICER}
        if not roles or found is None:
            raise Fault("hidden", 404)
    return Spot("list", round_id, unit, title, ListStage.OPEN, standings, roles, names.words.zone)
