"""Which fields of the sealed rules may change while a round runs, until which stage, and whom that touches.

What is not here changes never: criteria, duties, stages, clock and languages; posts, forms and dates of the calendar
have acts of their own. The audit has its own table, on purpose (audit/rules/amending/table.py).
"""

import re
from typing import Literal, NamedTuple

from selection.kernel.stages import RoundStage, round_between
from selection.round.state import RoundState
from selection.rules.changing.amendments import read_value
from selection.rules.model import RoundRules
from selection.rules.sections import ApprovalLevel

Way = Literal["either", "up"]
"""Whether a value may go either way, or only up: time that was promised, and what protects somebody, is never less."""

Needs = Literal["", "undrawn", "no-draw-waiting", "cut-closed"]
"""What must hold beside the stage: no draw was committed that stands, or none waits; or no cut is still to be made.

Scores come in from the first draw on, and until the shortlist is fixed whoever knows them could move its cut.
"""


class Amendable(NamedTuple):
    """A field that may change: by its path, where `*` stands for a code, from the call until a stage, both included.

    One that `decides` who is on the list changes by the top level of approval alone once panels were drawn, as scores
    may be known from then on.
    """

    path: str
    until: RoundStage
    way: Way
    touches: tuple[str, ...]
    needs: Needs = ""
    decides: bool = False

    @property
    def stages(self) -> tuple[RoundStage, ...]:
        """The stages of a round in which it may change."""
        return round_between(RoundStage.CALL, self.until)

    def fits(self, path: str) -> bool:
        """Tell whether a path is of this field."""
        pattern = re.escape(self.path).replace(r"\*", r".+")
        return re.fullmatch(pattern, path) is not None


_BIDDERS = ("applicant", "recommender")

AMENDABLE: tuple[Amendable, ...] = (
    Amendable("places", RoundStage.APPRAISAL, "either", _BIDDERS, "cut-closed", decides=True),
    Amendable("per_field_max", RoundStage.APPRAISAL, "either", _BIDDERS, decides=True),
    Amendable("per_region_max", RoundStage.APPRAISAL, "either", _BIDDERS, decides=True),
    Amendable("routes.*.quota", RoundStage.CALL, "either", _BIDDERS),
    Amendable("recommenders.*.quota", RoundStage.CALL, "either", _BIDDERS),
    Amendable("check.mend_at_most", RoundStage.CALL, "up", _BIDDERS),
    Amendable("days.mend", RoundStage.CHECKING, "up", ("applicant",)),
    Amendable("days.invitation", RoundStage.SHORTLISTING, "up", ("expert",)),
    Amendable("days.review_after_invitation", RoundStage.SHORTLISTING, "up", ("expert",)),
    Amendable("days.outage", RoundStage.SHORTLISTING, "up", (*_BIDDERS, "expert")),
    Amendable("days.notice", RoundStage.PROPOSAL, "up", ("applicant", "objector")),
    Amendable("objections.days", RoundStage.PROPOSAL, "up", ("applicant", "objector", "examiner")),
    Amendable("objections.min_examiners", RoundStage.PROPOSAL, "up", ("objector", "examiner")),
    Amendable("panel.seats", RoundStage.DRAWING, "either", ("applicant", "expert"), "undrawn"),
    Amendable("panel.alternates", RoundStage.DRAWING, "either", ("expert",), "undrawn"),
    Amendable("panel.min_valid", RoundStage.DRAWING, "either", ("applicant", "expert"), "undrawn"),
    Amendable("panel.max_per_institution", RoundStage.DRAWING, "either", ("expert",), "undrawn"),
    Amendable("recusal.years", RoundStage.DRAWING, "up", ("applicant", "expert"), "undrawn"),
    Amendable("panel.max_load", RoundStage.SHORTLISTING, "up", ("expert",), "no-draw-waiting"),
    Amendable("shortlist.factor", RoundStage.DRAWING, "either", ("applicant",), "undrawn"),
    Amendable("working_days.unpublished", RoundStage.APPROVAL, "either", ("applicant", "expert", "objector")),
    Amendable("survey.min_team", RoundStage.SHORTLISTING, "up", ("applicant", "surveyor")),
)


def find_field(path: str) -> Amendable | None:
    """Return what the table says of a path, None where the field may not change at all."""
    return next((item for item in AMENDABLE if item.fits(path)), None)


def find_top(state: RoundState) -> ApprovalLevel | None:
    """Return the last level of approval if the change that waits needs it, None where any approver agrees."""
    waiting = state.waiting_amendment
    field = find_field(waiting.path) if waiting is not None else None
    if field is None or not (field.decides and state.has_panels):
        return None
    return state.current.approval[-1]


def list_paths(rules: RoundRules, stage: RoundStage) -> tuple[tuple[str, str], ...]:
    """Return the paths that may change in a stage, each with its value as these rules have it."""
    found = []
    for item in AMENDABLE:
        if stage not in item.stages:
            continue
        section = item.path.partition(".")[0]
        members = getattr(rules, section) if "*" in item.path else ()
        paths = [f"{section}.{member.code}.quota" for member in members] if "*" in item.path else [item.path]
        # Rules without a section have none of its values.
        values = ((path, read_value(rules, path)) for path in paths)
        found += [(path, value) for path, value in values if value is not None]
    return tuple(found)


def list_units(rules: RoundRules, path: str) -> tuple[str, ...]:
    """Return the recommending units whose quota a path gives; none for what is no quota."""
    section, _, rest = path.partition(".")
    code = rest.removesuffix(".quota")
    match section:
        case "recommenders":
            return tuple(unit.code for unit in rules.recommenders if unit.code == code)
        case "routes":
            own = (unit for unit in rules.recommenders if unit.quota is None)
            return tuple(unit.code for unit in own if unit.route == code)
    return ()
