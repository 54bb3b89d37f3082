"""Conflicts of interest: who judged an application though the register, the round's bids or a ruling bound them.

What binds people is told in `audit/rules/people/ties.py`. What a supervisor dismissed of it counts no more, as long as
it is that very evidence; what one upheld binds as well, whatever data shows.
"""

from collections.abc import Iterable

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.people.house import HouseMatters, is_of_house
from audit.rules.people.ties import Dismissals, Ties, Upheld
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, Stage
from selection.recommendation import events as n
from selection.round import events as r
from selection.round.state import RoundState

JUDGING = (
    *(a.SentBack, a.CheckPassed, a.CheckFailed, a.InvitationAccepted, a.ReviewSubmitted, a.ReviewCorrected),
    *(a.ConflictRuled, a.ChairAppointed, a.ChairReplaced, a.SurveyTeamAppointed, a.SurveyReported),
    *(a.AppraisalOpened, a.VoteCast, a.AppraisalRecorded),
    *(a.ExaminersAppointed, a.ObjectionSettled, a.ItemRemoved, a.PanelSettlementEntered),
    *(a.FraudReported, a.FraudRuled, a.ObjectionReopened),
    *(a.ReversalEntered, a.ReversalDeclined, a.AgentReplaced),
    *(a.DecidersAppointed, a.FindingEntered, a.RequestDecided, a.RemedyRecorded),
)
"""What people do by judging an application; stepping back, or reporting a conflict, is none of it."""
DISCLOSING = (a.PanelSeated, a.SurveyTeamAppointed, a.ExaminersAppointed)
"""What names people to judge of whom it is disclosed that they compete for the same places."""
CHOOSING = (
    *(r.ShortlistFixed, r.ProposalMade, r.PlacesFilled),
    *(r.IntegrityChecked, r.IntegrityHitRuled, r.IntegrityStopLifted),
    *(r.IntegrityReversalEntered, r.IntegrityReversalDeclined, r.IntegrityReversed),
    *(r.LevelApproved, r.ProposalSentBack),
)
"""What people decide on several applications at once."""


class NoConflictFromData(EntryRule):
    """The claim that nobody judged, or was named to judge, what data bound them to, but by what was dismissed."""

    code = "no-conflict-from-data"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._ties = Ties()
        self._dismissals = Dismissals()
        self._upheld = Upheld()
        self._house = HouseMatters()
        self._entered: dict[tuple[str, str], tuple[str, ...]] = {}

    def see(self, step: Step) -> int:
        """Look at one entry: note a bid, or compare everybody whom it lets judge."""
        if step.is_refusal:
            return 0
        if isinstance(step.before, RoundState):
            return self._see_round(step) if isinstance(step.event, CHOOSING) else 0
        if isinstance(step.event, n.ApplicationRecommended):
            entering = _list_acting(step) if step.event.sent is not None else ()
            self._entered[step.event.unit, step.event.application] = entering
        if not isinstance(step.before, ApplicationState):
            return 0
        people = {*_list_named(step)}
        if isinstance(step.event, a.RecommendationTaken):
            # On paper two officers say what a unit would.
            people.update(self._entered.get((step.event.unit, step.before.number), ()))
        if isinstance(step.event, JUDGING):
            people.update(_list_acting(step))
        for person in people if _is_bid(step.before) else ():
            self._compare(step, step.before.number, person)
        if isinstance(step.event, DISCLOSING):
            self._see_disclosed(step, step.before.number)
        # An agent whom an officer puts in another's place is behind the application from the next act on.
        self._ties.note(step)
        self._dismissals.note(step)
        self._upheld.note(step)
        free = isinstance(step.event, a.ConflictFound) and self._is_free(step, step.before.number)
        self._house.note(step, free=free)
        return len(people)

    def _see_disclosed(self, step: Step, number: str) -> None:
        """Raise Difference unless it is disclosed of all whom an entry names with which other bids they compete."""
        assert isinstance(step.event, DISCLOSING)
        named = sorted(_list_named(step))
        bids = {person: self._ties.list_disclosed(step, number, person) for person in named}
        due = {person: numbers for person, numbers in bids.items() if numbers}
        stated = {person: list(numbers) for person, numbers in step.event.disclosed.items()}
        differing = next((name for name in sorted(due | stated) if due.get(name) != stated.get(name)), "")
        step.require(not differing, "rival-undisclosed", person=differing, application=number)

    def _find_right(self, step: Step, number: str) -> bool | None:
        """Tell, of a ruling on what the house binds, whether ties to the house let people make it; None of the rest.

        Without a reason of somebody else nobody whom the house binds dismisses it, be it that it was dismissed of them.
        """
        event = step.event
        part = (
            self._house.find_part(step, number, event.report) if isinstance(event, a.ConflictRuled) else None
        )
        if part is None:
            return None
        assert isinstance(event, a.ConflictRuled)
        standing = set(self._ties.find(step, number, part.person)) - self._dismissals.of(number, part.person)
        if self._house.lets_rule(step, number, event.report, standing):
            return True
        return None if event.upheld else False

    def _is_free(self, step: Step, number: str) -> bool:
        """Tell whether nothing but the house binds whoever puts a conflict before supervisors, and no ruling does."""
        return not any(
            self._upheld.includes(number, person)
            or any(
                not is_of_house(step, tie)
                for tie in set(self._ties.find(step, number, person)) - self._dismissals.of(number, person)
            )
            for person in step.leaf.people
            if step.leaf.actor.role is not Role.SYSTEM
        )

    def _see_round(self, step: Step) -> int:
        checked = [number for number in list_chosen_from(step) if number in self._ties.bids]
        for number in checked:
            for person in _list_acting(step):
                self._compare(step, number, person)
        return len(checked)

    def _compare(self, step: Step, number: str, person: str) -> None:
        """Raise Difference where a ruling or data binds a person to an application, and nobody dismissed that."""
        dismissed, params = self._dismissals.of(number, person), {"person": person, "application": number}
        step.require(not self._upheld.includes(number, person), "conflict-upheld", **params)
        within = self._find_right(step, number)
        for tie in self._ties.find(step, number, person):
            if within if within is not None and is_of_house(step, tie) else tie in dismissed:
                continue
            if tie.kind == "employer":
                raise step.differs("bound-by-employer", **params, unit=tie.unit)
            if tie.kind == "rival":
                raise step.differs("bound-by-rival-bid", **params, other=tie.to[0])
            if tie.kind in ("parent", "subsidiary"):
                raise step.differs("bound-by-related-unit", **params, unit=tie.unit)
            raise step.differs("bound-by-declared-tie", **params, tie=tie.kind, other=tie.to[0])


def list_chosen_from(step: Step) -> Iterable[str]:
    """Return the applications on which an act of the round decides."""
    event, round_ = step.event, step.of(RoundState)
    if isinstance(event, r.ShortlistFixed):
        # Whom an officer took off it has a reason there, and is not listed.
        return {**event.listed, **event.reasons}
    if isinstance(event, r.ProposalMade | r.PlacesFilled):
        return event.ranking
    numbers = [item.application for item in round_.after.items]
    # What is held with a hit, or stopped, need not be among what is proposed.
    on_hold = (item.application for item in round_.before.held)
    numbers += [number for number in on_hold if number in round_.before.hits]
    named = getattr(event, "application", "")
    return [*numbers, named] if named else numbers


def _list_named(step: Step) -> Iterable[str]:
    """Yield those whom an entry lets judge beside its actor."""
    match step.event:
        case a.PanelSeated(seats=seats, alternates=alternates):
            yield from (*seats.values(), *alternates)
        case a.SeatFilled(expert=expert):
            yield expert
        case a.ChairAppointed(chair=chair):
            yield chair
        case a.ChairReplaced(chair=chair) if chair:
            yield chair
        case a.SurveyTeamAppointed(members=members):
            yield from members
        case a.ExaminersAppointed(examiners=examiners):
            yield from examiners
        case a.DecidersAppointed(deciders=deciders):
            yield from deciders
        case (
            a.AppraisalOpened(present=present, aside=aside)
            | a.AppraisalRecorded(present=present, aside=aside)
        ):
            yield from set(present) - set(aside)
        case a.RecommendationTaken(unit=unit, agent=agent) if unit in step.terms.unit_regions:
            # A unit outside of the regions recommends by a route of its own, and may recommend itself.
            yield agent


def _list_acting(step: Step) -> tuple[str, ...]:
    """Return who acted, whom they stood in for, and who signed as the second: none may be bound."""
    actor, signed = step.leaf.actor, step.leaf.signed
    second = signed.second.person if signed and signed.second else ""
    return tuple(person for person in (actor.person, actor.behalf, second) if person)


def _is_bid(state: ApplicationState) -> bool:
    """Tell whether there is somebody to be bound to: what was taken back by the deadline competes with nobody."""
    taken_back = state.stage is Stage.WITHDRAWN or state.outcome == Outcome.WITHDRAWN
    return state.submission is not None and not taken_back


def recusal_rules() -> tuple[Rule, ...]:
    """Return the rule about conflicts out of data."""
    return (NoConflictFromData(),)


CLAIMS: Sentences = {
    "no-conflict-from-data": (
        "Nobody judged an application, or decided on a list with it, to which an employment, a related unit, a "
        "declared tie or a bid of their own bound them, but where a supervisor had dismissed that very "
        "evidence, or where they ruled on what binds others by the organiser's own house and somebody else had said "
        "why; nor anybody of whom a conflict was upheld.",
        "除该项证据已由监督人员裁定不成立，或就组织单位本系统所涉关联经他人说明理由后予以裁定外，无人评判与其任职单位、"
        "关联单位、申明的利益关系或本人申报存在利益冲突的申报，亦未就含该申报的名单作出决定；利益冲突经认定成立者亦同。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "bound-by-employer": (
        "{person} judged application {application} of {unit}, which employs them or did within the rules' years.",
        "{person} 评判了 {unit} 的申报 {application}，而该单位是其现任或规则年限内的前任单位。",
    ),
    "bound-by-related-unit": (
        "{person} judged application {application}; their unit {unit} is a parent or subsidiary of the applicant,"
        " or was one within the rules' years.",
        "{person} 评判了申报 {application}，而其单位 {unit} 是申报单位的上级或下属单位，或在规则年限内曾是。",
    ),
    "bound-by-declared-tie": (
        "{person} judged application {application} though a declared tie ({tie}) binds them to {other}.",
        "{person} 评判了申报 {application}，而其与 {other} 存在申明的利益关系（{tie}）。",
    ),
    "bound-by-rival-bid": (
        "{person} judged application {application}, with which a bid of theirs ({other}) competes.",
        "{person} 评判了申报 {application}，而其本人或单位的申报 {other} 与之竞争。",
    ),
    "rival-undisclosed": (
        "Who was named to judge application {application}: it is not disclosed rightly of {person} which other bids "
        "for the same places are theirs or their unit's.",
        "指定评判申报 {application} 的人员时，就 {person} 所披露的内容，与其本人或单位竞争同一批名额的其他申报不符。",
    ),
}
"""What can be found instead."""
