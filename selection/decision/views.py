"""What a decision may ask to see of the record beside its own stream: one model for each view, and no other."""

from typing import Annotated, Literal

from pydantic import Field

from selection.forms.form import FormName
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class UnitQuota(Frozen):
    """How many places a unit's route has."""

    view: Literal["quota"] = "quota"
    unit: str


class QuotaUse(Frozen):
    """How many places are used by that of these units which has used most."""

    view: Literal["quota-use"] = "quota-use"
    units: Annotated[tuple[str, ...], Field(max_length=1000)]


class StageCounts(Frozen):
    """How many applications stand in each stage."""

    view: Literal["counts"] = "counts"


class ProposedItems(Frozen):
    """The applications that the round decides on now, those that are held with an integrity hit, and these.

    `stopped` names what an upheld hit keeps out of the proposal, where it is about that.
    """

    view: Literal["items"] = "items"
    stopped: Annotated[tuple[str, ...], Field(exclude_if=lambda numbers: not numbers)] = ()


class ItemFates(Frozen):
    """The same, and those that an objection holds."""

    view: Literal["fates"] = "fates"


class AppraisedApplications(Frozen):
    """Those that a proposal chooses among, and those of these numbers wherever they stand."""

    view: Literal["appraised"] = "appraised"
    named: tuple[str, ...] = ()


class ScoreRanking(Frozen):
    """Those within the cut by rank, and those of these numbers wherever they stand."""

    view: Literal["ranking"] = "ranking"
    named: tuple[str, ...] = ()


class DrawPool(Frozen):
    """What a draw would be made from at an instant."""

    view: Literal["draw-inputs"] = "draw-inputs"
    at: Instant


class FormUse(Frozen):
    """How often a form was used in a way that fixes it: a score, or an act that nobody can do again."""

    view: Literal["form-use"] = "form-use"
    form_name: FormName


class IssuedPlaces(Frozen):
    """The places that the round's lists gave so far."""

    view: Literal["places"] = "places"


class HandsElsewhere(Frozen):
    """In which applications of the round these people had a part: they applied, recommended, reviewed or surveyed."""

    view: Literal["hands"] = "hands"
    people: tuple[str, ...]


class OthersThatLeft(Frozen):
    """The applications that the round proposed and that ended since, but the one that asks: they may come back too."""

    view: Literal["left"] = "left"
    number: str


View = Annotated[
    UnitQuota
    | QuotaUse
    | StageCounts
    | ProposedItems
    | ItemFates
    | AppraisedApplications
    | ScoreRanking
    | DrawPool
    | FormUse
    | IssuedPlaces
    | HandsElsewhere
    | OthersThatLeft,
    Field(discriminator="view"),
]
"""Whoever answers does so for each of them, and raises for what is none."""
