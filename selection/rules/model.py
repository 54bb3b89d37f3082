"""A round's rules as one frozen, hashable value."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, field_validator, model_validator
from pydantic_core import PydanticCustomError

from selection.forms.form import Forms
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.day_clock import DayClock, is_rehearsal
from selection.kernel.model import Frozen
from selection.kernel.named import Code, Count, Named
from selection.kernel.numbers import Exact, Whole
from selection.kernel.proof import Assurance
from selection.rules.checks import cross_faults
from selection.rules.id_pattern import match_id, read_pattern
from selection.rules.ladder import Ladder
from selection.rules.languages import EVERY, Spoken
from selection.rules.public_numbers import Draws
from selection.rules.sections import (
    AgreedScore,
    ApprovalLevel,
    Batch,
    Calendar,
    Check,
    Contact,
    Criterion,
    Days,
    Objections,
    Panel,
    Recommender,
    Recusal,
    Requests,
    Reversals,
    Route,
    Shortlist,
    Staff,
    Stages,
    Survey,
    Trim,
)
from selection.rules.working_days import WorkingDays

Levels = Literal["in-order", "side-by-side"]
IN_ORDER: Levels = "in-order"


class RoundRules(Frozen):
    """Everything a round may be configured with; its hash is sealed in the record before the call opens.

    `schema_version` says how to read the value. `contact` stands in every letter of the round; where there is none,
    the installation's does [D]. `languages` are those that names are given in and that letters,
    forms and papers come in, the first where a person has none of them [D]. `round_pattern` is what the round's id
    must match in full: characters, sets such as `[a-z0-9-]` and counts, as in a regular expression; an id has at
    most 40 characters. `local` says that acts count without a signature (`--as`), which only a round on a local
    installation may say, and each there must [D]. `content_grace_minutes`: content stored before a deadline counts
    as in time when its act is taken within these after it [D]. `held_directions` are what the first batch already
    holds [F]. `priorities` are what the round targets [F]; where there are none, applications name none.
    `full_marks` is what the weights of the criteria sum to, so that a slip of the pen shows [D]. `tie_break` is the
    criterion whose untrimmed mean parts ties [D]. `places` is how many may be proposed [D]; `per_field_max` and
    `per_region_max` limit a portfolio, None meaning no limit [D]. `filled_from_reserve`
    tells whether a place that falls empty after the proposal may be filled [D]. `levels` tells whether the levels of
    approval decide in order or side by side [D], `send_backs` how often one approver may send items back before a
    list is issued [D]. `assurance` says of every act that people do in the round, by its
    kind, how it must be signed: as the process lists it, or more surely [D]. A file leaves out what it does not change;
    what is sealed names each. The meaning of each section stands at its model; `forms` are
    what is filled in, each under the name of its version.
    """

    schema_version: Literal[1]
    languages: Annotated[
        tuple[Spoken, ...], Field(min_length=1, max_length=2, exclude_if=lambda spoken: spoken == EVERY)
    ] = EVERY
    title: Batch
    # None in rules that were sealed before letters named one: those name the installation's.
    contact: Annotated[Contact | None, Field(exclude_if=lambda contact: contact is None)] = None
    round_pattern: Annotated[str, Field(min_length=1, max_length=100)] = r"[a-z0-9][a-z0-9-]{0,38}[a-z0-9]"
    local: StrictBool = False
    clock: DayClock
    stages: Stages = Stages()
    calendar: Calendar
    days: Days = Days()
    # None in rules that were sealed before there was a ladder.
    ladder: Annotated[Ladder | None, Field(exclude_if=lambda ladder: ladder is None)] = None
    # None where all windows are counted in natural days.
    working_days: Annotated[WorkingDays | None, Field(exclude_if=lambda days: days is None)] = None
    content_grace_minutes: Annotated[Whole, Field(ge=0, le=1440)] = 15
    fields: Annotated[tuple[Named, ...], Field(min_length=1, max_length=100)]
    regions: Annotated[tuple[Named, ...], Field(min_length=1, max_length=100)]
    excluded: Annotated[tuple[Named, ...], Field(max_length=100)] = ()
    held_directions: Annotated[tuple[Named, ...], Field(max_length=1000)] = ()
    priorities: Annotated[tuple[Named, ...], Field(max_length=100)] = ()
    routes: Annotated[tuple[Route, ...], Field(max_length=20)] = ()
    recommenders: Annotated[tuple[Recommender, ...], Field(max_length=1000)] = ()
    check: Check = Check()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=20)]
    full_marks: Annotated[Exact, Field(gt=0, le=100_000)] = Decimal(100)
    score_step: Annotated[Exact, Field(gt=0, le=100)] = Decimal("0.5")
    tie_break: Code
    # Left out of the sealed bytes while it is the default, as rules sealed before keep their hash.
    recusal: Annotated[Recusal, Field(exclude_if=lambda recusal: recusal == Recusal())] = Recusal()
    panel: Panel = Panel()
    # Left out of the sealed bytes while it is the default, which may never change: rules must fit into one act.
    draws: Annotated[Draws, Field(exclude_if=lambda draws: draws == Draws())] = Draws()
    trim: Trim = Trim()
    shortlist: Shortlist = Shortlist()
    survey: Survey = Survey()
    # Left out of the sealed bytes while it is the default, as rules sealed before keep their hash.
    appraisal: Annotated[AgreedScore, Field(exclude_if=lambda agreed: agreed == AgreedScore())] = (
        AgreedScore()
    )
    objections: Annotated[Objections, Field(exclude_if=lambda section: section == Objections())] = (
        Objections()
    )
    reversals: Annotated[Reversals, Field(exclude_if=lambda section: section == Reversals())] = Reversals()
    requests: Annotated[Requests, Field(exclude_if=lambda section: section == Requests())] = Requests()
    places: Count = 12
    per_field_max: Count | None = None
    per_region_max: Count | None = None
    # Left out of the sealed bytes while it is the default, which may never change.
    filled_from_reserve: Annotated[StrictBool, Field(exclude_if=lambda filled: not filled)] = False
    approval: Annotated[tuple[ApprovalLevel, ...], Field(min_length=1, max_length=20)]
    # Left out of the sealed bytes while it is the default, which may never change.
    levels: Annotated[Levels, Field(exclude_if=lambda levels: levels == IN_ORDER)] = IN_ORDER
    # Left out of the sealed bytes while it is the default, which may never change.
    send_backs: Annotated[Whole, Field(ge=1, le=20, exclude_if=lambda count: count == 2)] = 2
    staff: Staff
    forms: Forms = Forms()
    assurance: Annotated[dict[Code, Assurance], Field(max_length=200)]

    @field_validator("round_pattern")
    @classmethod
    def _can_be_read(cls, pattern: str) -> str:
        try:
            read_pattern(pattern)
        except ValueError:
            raise PydanticCustomError("bad_pattern", "not a pattern of ids") from None
        return pattern

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        faults = cross_faults({name: getattr(self, name) for name in type(self).model_fields})
        if faults:
            raise ValueError("; ".join(f"{fault.path}: {fault.sentence()}" for fault in faults))
        return self

    @property
    def is_rehearsal(self) -> bool:
        """Whether the round, its list and its bundle are marked as a rehearsal."""
        return is_rehearsal(self.clock)

    def accepts_round_id(self, round_id: str) -> bool:
        """Say whether a round under these rules may have this id."""
        return match_id(self.round_pattern, round_id)

    def recommender(self, unit: str) -> Recommender | None:
        """Return the recommending unit of this code, if it is one of the round's."""
        return next((item for item in self.recommenders if item.code == unit), None)

    def quota_of(self, unit: str) -> int:
        """Return how many places the unit has, 0 for a unit that may not recommend."""
        recommender = self.recommender(unit)
        if recommender is None:
            return 0
        if recommender.quota is not None:
            return recommender.quota
        return next(route.quota for route in self.routes if route.code == recommender.route)


def rules_hash(rules: RoundRules) -> str:
    """Return the hash that is sealed: SHA-256 of the canonical bytes, in lower-case hex."""
    return sha256_hex(canonical_bytes(rules))
