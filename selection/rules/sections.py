"""The sections of a round's rules, each a small closed model; `model.py` puts them together.

Sources, as the comments of the example file name them: [F] a published fact of the calls or notices, [N]
the pattern of a neighbouring official scheme, [D] a default of this project. [N] and [D] are choices, so
each is a field here and never a constant in code.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, field_validator, model_validator
from pydantic_core import PydanticCustomError

from selection.kernel.mail_address import MailAddress
from selection.kernel.model import Frozen
from selection.kernel.named import Code, Count, Day, Named, PersonId, Title
from selection.kernel.numbers import Exact, Whole
from selection.kernel.unit_codes import spell_employer
from selection.rules.grounds import (
    AFTER_PANEL,
    BUILT_IN,
    PROCEDURAL,
    REMEDIES,
    Ground,
    with_compared,
    with_detected,
)

DayCount = Annotated[Whole, Field(ge=0, le=3660)]


class Batch(Frozen):
    """What the round is called."""

    en: Title
    zh: Title


Phone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]{3,28}[0-9]( ?(转|ext\.?) ?[0-9]{1,6})?$")]
"""A telephone number as people write it, such as `010-12345678转205` or `+86 10 1234 5678 ext. 205`."""


class Contact(Frozen):
    """Whom people turn to with questions about the round: an office, by telephone, by mail or both [D].

    Every letter of the round names it.
    """

    en: Title
    zh: Title
    phone: Phone | None = None
    mail: MailAddress | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.phone is None and self.mail is None:
            raise PydanticCustomError("no_contact", "neither a telephone number nor a mail address")
        return self


class Stages(Frozen):
    """Which stages there are of those that a scheme may do without; this ministry has all of them [F].

    Without `recommendation` applicants apply directly: what is submitted is checked. Without `survey` or `appraisal`
    the shortlist leads on to what follows. Without `notice` what is proposed goes to approval at once.
    """

    recommendation: StrictBool = True
    survey: StrictBool = True
    appraisal: StrictBool = True
    notice: StrictBool = True


class Calendar(Frozen):
    """The last day of each stage, inclusive; the dates themselves are the organiser's [D].

    A stage that the rules leave out has none.

    `call` is the day it opens. `submission` is the recommenders' own deadline, earlier than the ministry's,
    `recommendation` [F]. `review` is the panels' last day and `review_last` the day beyond which no late
    invitation extends it [D].
    """

    call: Day
    submission: Day
    recommendation: Day | None = None
    check: Day
    review: Day
    review_last: Day
    survey: Day | None = None
    appraisal: Day | None = None


class Days(Frozen):
    """Counts of natural days, each ending at the end of its last day.

    `mend`: to mend a fault that was sent back [D]. `invitation`: to accept or decline a seat [D].
    `review_after_invitation`: a reviewer has at least these, within `review_last` [D]. `notice`: the public
    notice, 7 [N]. `outage`: what everyone still has after a recorded outage has ended [D]. `amend`: what whoever fills
    a form in has at least after it changed [D]. `paper`: how long what was recommended on paper in time is
    waited for after the deadline; 0: nothing is taken on paper [D]. `reminders`: before a due day, in descending
    order [D].
    """

    mend: DayCount = 10
    invitation: DayCount = 3
    review_after_invitation: DayCount = 14
    notice: Annotated[DayCount, Field(ge=1)] = 7
    # Left out of the sealed bytes while it is the default: rules sealed before there was this field keep their
    # hash. So the default may never change.
    outage: Annotated[DayCount, Field(exclude_if=lambda days: days == 1)] = 1
    amend: Annotated[DayCount, Field(ge=1, exclude_if=lambda days: days == 5)] = 5
    paper: Annotated[DayCount, Field(exclude_if=lambda days: days == 0)] = 0
    reminders: tuple[Annotated[DayCount, Field(ge=1)], ...] = (7, 2)


class Route(Named):
    """A way to be recommended and how many places each of its recommenders has.

    `regional` routes belong to one region each. Quotas of the first call: 2, 1, 1 [F]; the second call's
    are not public, so the same [D]. An application uses one route [N].
    """

    quota: Count
    regional: StrictBool = False


class Recommender(Named):
    """A recommending unit: its code names its stream; its route gives its quota unless it has one of its own."""

    route: Code
    region: Code | None = None
    quota: Count | None = None


class Criterion(Named):
    """One of the contents that are reviewed [F], with its share of the full marks.

    Reviewers score it from 0 to `scale`, which is its weight where none is named [D]; a score counts for its share of
    the scale, times the weight.
    """

    weight: Annotated[Exact, Field(gt=0, le=10_000)]
    scale: Annotated[Exact, Field(gt=0, le=10_000)] | None = None

    @property
    def top(self) -> Decimal:
        """The highest score that a reviewer can give it."""
        return self.weight if self.scale is None else self.scale


class Check(Frozen):
    """The legality check: how often a fault may be sent back [D], minimums of staff and fund [D], its grounds [D].

    `min_fund` is in yuan. None means that no minimum holds. `grounds` are all that an application may be sent back,
    ruled on or failed for; what the engine finds by itself is among them, named by the rules or else by the engine.
    """

    mend_at_most: Annotated[Whole, Field(ge=0, le=10)] = 1
    min_staff: Count | None = None
    min_fund: Annotated[Exact, Field(gt=0)] | None = None
    grounds: Annotated[
        tuple[Ground, ...], Field(max_length=60, exclude_if=lambda grounds: grounds == BUILT_IN)
    ] = BUILT_IN

    @field_validator("grounds")
    @classmethod
    def _hold_what_is_detected(cls, grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
        return with_detected(grounds)

    @property
    def every_ground(self) -> tuple[Ground, ...]:
        """The grounds, with those that the engine finds by comparing texts."""
        return with_compared(self.grounds)


FLOOR = 3
"""[N] Never fewer seats or scores, whoever agrees (docs/process-sources.md, stage 5)."""


class Panel(Frozen):
    """The panel of one application and the pool's limits.

    Seats 7 [D], valid scores at least 5 [D], of both never fewer than 3 [N]. `alternates`
    are drawn with the seats and their load is reserved [D]. `max_per_institution` counts seats and alternates together
    [D]. `max_load` is the most panels one expert serves on in the round, reserved places included [D].
    `corrections_max` is how often a reviewer may correct a review before the score is fixed; None: any number [D].
    """

    seats: Annotated[Whole, Field(ge=FLOOR, le=50)] = 7
    alternates: Annotated[Whole, Field(ge=0, le=50)] = 3
    min_valid: Annotated[Whole, Field(ge=FLOOR, le=50)] = 5
    max_per_institution: Annotated[Whole, Field(ge=1, le=2)] = 2
    max_load: Count = 12
    avoid_max: Annotated[Whole, Field(ge=0, le=20)] = 3
    corrections_max: Annotated[
        Annotated[Whole, Field(ge=0, le=100)] | None, Field(exclude_if=lambda limit: limit is None)
    ] = None


class Trim(Frozen):
    """From how many valid scores on totals are dropped, and how many at each end [N]."""

    from_valid: Annotated[Whole, Field(ge=3, le=50)] = 5
    drop: Annotated[Whole, Field(ge=0, le=10)] = 1


class Shortlist(Frozen):
    """Who is surveyed: `factor` times the places by rank; `ties_in` keeps all tied at the cut [D]."""

    factor: Annotated[Exact, Field(ge=1, le=100)] = Decimal(2)
    ties_in: StrictBool = True


class Survey(Frozen):
    """The site survey: the smallest team [D]."""

    min_team: Annotated[Count, Field(le=50)] = 3


class AgreedScore(Frozen):
    """The overall appraisal: what of the members' own numbers is the agreed score [D], and what a panel supports [D].

    Beyond `reason_beyond_percent` of the full marks from the reviews' mean an agreed score needs a reason. An
    application is supported where more than `support_percent` of the votes are for it; an abstention counts as a vote.
    """

    reason_beyond_percent: Annotated[Exact, Field(ge=0, le=100)] = Decimal(10)
    agreed: Literal["median", "mean"] = "median"
    support_percent: Annotated[Whole, Field(ge=0, lt=100)] = 50


class Objections(Frozen):
    """How many examine an objection at least, two of whom sign what it comes to [D], and in how many days [D]."""

    min_examiners: Annotated[Count, Field(ge=2, le=10)] = 2
    days: Annotated[DayCount, Field(ge=1)] = 15


class Reversals(Frozen):
    """Who reverses a decision, and how often: each of these posts enters it [D], each person so often at most [D]."""

    agree: Annotated[tuple[Literal["officer", "supervisor"], ...], Field(min_length=1, max_length=2)] = (
        "officer",
        "supervisor",
    )
    at_most: Annotated[Count, Field(le=5)] = 1


class Requests(Frozen):
    """Requests for review: within how many days after an application's end, and decided within how many [N].

    `min_deciders` decide on one at least [D]. `grounds` are all that it may be made on, `remedies` all that may follow
    from one that is upheld. Of these the engine carries `fresh-panel` out; `after_panel` may follow from its score.
    """

    days: Annotated[DayCount, Field(ge=1)] = 15
    decide_days: Annotated[DayCount, Field(ge=1)] = 60
    min_deciders: Annotated[Count, Field(ge=2, le=10)] = 2
    grounds: Annotated[tuple[Named, ...], Field(min_length=1, max_length=30)] = PROCEDURAL
    remedies: Annotated[tuple[Named, ...], Field(min_length=1, max_length=30)] = REMEDIES
    # Left out of the sealed bytes while it is the default, as rules sealed before keep their hash.
    after_panel: Annotated[
        tuple[Named, ...],
        Field(min_length=1, max_length=30, exclude_if=lambda section: section == AFTER_PANEL),
    ] = AFTER_PANEL


Dismissible = Literal["former-employer", "related-unit", "unit-bid", "relative", "adviser", "project"]
"""The ties that a supervisor may ever dismiss: never that of the legal person itself, nor of one's own bid."""
DISMISSIBLE: tuple[Dismissible, ...] = (
    *("former-employer", "related-unit", "unit-bid"),
    *("relative", "adviser", "project"),
)


HouseCode = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(spell_employer)]


class Recusal(Frozen):
    """Which conflicts of interest are found from data, beside that of the legal person that employs somebody [D].

    `years` is for how long after an employment, or after a unit left a parent, that still counts, of 365 days
    each. `related_units` tells that parents and subsidiaries count, however far up or down. `rivals` tells whose bid
    keeps them from judging another one: in the same `field` of the round, or in any, as all compete for the same
    `places`; who judges all the same is disclosed to the supervisors. `dismissible` are
    the ties that a supervisor may dismiss, saying why. What a registration with a reason takes out of the register at
    most `correct_days` days of 24 hours after the register first said so was a slip, and binds nobody from then on.
    One person has at most `open_reports` reports of conflicts open on an application. `house` are the codes of the
    units that are the organiser's own: what binds its staff by these, two people may dismiss, though bound alike.
    """

    years: Annotated[Whole, Field(ge=0, le=20)] = 3
    # Left out of the sealed bytes while it is the default, as rules sealed before keep their hash.
    correct_days: Annotated[Whole, Field(ge=0, le=10, exclude_if=lambda days: days == 3)] = 3
    open_reports: Annotated[Whole, Field(ge=1, le=20, exclude_if=lambda count: count == 3)] = 3
    related_units: StrictBool = True
    rivals: Literal["none", "field", "places"] = "field"
    # Left out of the sealed bytes while it is the default, as rules sealed before keep their hash.
    dismissible: Annotated[tuple[Dismissible, ...], Field(exclude_if=lambda ties: ties == DISMISSIBLE)] = (
        DISMISSIBLE
    )
    house: Annotated[tuple[HouseCode, ...], Field(max_length=20, exclude_if=lambda codes: not codes)] = ()


class ApprovalLevel(Named):
    """One level of the approval chain: `needed` of its approvers must agree [D]."""

    approvers: Annotated[tuple[PersonId, ...], Field(min_length=1, max_length=100)]
    needed: Annotated[Count, Field(le=100)]


class Staff(Frozen):
    """The round-wide staff at the seal, by person id; later changes are events."""

    officers: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    supervisors: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    auditors: tuple[PersonId, ...] = ()
    admins: tuple[PersonId, ...] = ()
