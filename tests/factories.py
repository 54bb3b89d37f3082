"""All builders: small valid values, each with the one thing that a test wants otherwise."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from selection.application import commands as c
from selection.application.submission import Submission, Unit
from selection.decision.facts import Candidate, ContentFact, Facts, PersonFact
from selection.forms.changing.field_map import map_fields
from selection.forms.form import Form, FormName
from selection.forms.handed_in import AnsweredForm
from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.day_clock import AnyClock, day_of
from selection.kernel.model import Frozen, Ref
from selection.kernel.zone import Zone
from selection.rooms import LEAST_ASSURANCE
from selection.round.commands import (
    AmendForm,
    ClearIntegrityHit,
    FixDeviatingShortlist,
    FixShortlist,
    OpenRound,
    Propose,
    ProposeDeviating,
    RecordOutage,
    UpholdIntegrityHit,
)
from selection.round.state import ProposalItem
from selection.rules.model import RoundRules, rules_hash
from selection.rules.terms import Terms, terms_of
from selection.rules.zones import list_offsets
from tests.desk import DEPOSIT
from tests.rules_data import CRITERIA as CRITERIA, RULES_DATA as RULES_DATA

ROUND = "second-2024"
OPENED = datetime(2024, 7, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HOST = "91-host"
PARTNER = "91-partner"
"""The code of the co-builder of a joint application."""
SECRET, COMMITMENT = DEPOSIT.secret, DEPOSIT.digest


def lottery(**balls: Any) -> dict[str, Any]:
    """The draws of the rules, with a lottery of these balls."""
    (source,) = RULES_DATA["draws"]["sources"]
    return {**RULES_DATA["draws"], "sources": [{**source, "balls": [balls]}]}


IN_LESS_THAN_A_SECOND = {**RULES_DATA["draws"], "ahead_days": 3000, "open_days": 3000}
"""Terms of draws where a day passes so quickly: there acts are days on their way."""


def levels(**changes: str) -> dict[str, str]:
    """How every act of a round must be signed: by its row, and as changed; `open_draw` is `open-draw`."""
    return {**LEAST_ASSURANCE, **{name.replace("_", "-"): told for name, told in changes.items()}}


def rules(**changes: Any) -> RoundRules:
    """The round's rules with sections replaced."""
    return RoundRules.model_validate({**RULES_DATA, "assurance": LEAST_ASSURANCE, **changes})


def make_zone(name: str) -> Zone:
    """A time zone with its offsets over the years of the rules, as reading a file fills them in."""
    found = list_offsets(name, 2023, 2036)
    assert found is not None
    return found


def terms(**changes: Any) -> Terms:
    """The terms of the rules with sections replaced."""
    return terms_of(rules(**changes))


RULES = rules()
TERMS = terms()
SMALL_PANEL = {"seats": 4, "alternates": 2, "min_valid": 3}
SMALL = terms(panel=SMALL_PANEL)
"""Terms with a panel of four, for runs that are to get far in few acts."""


def deadline(name: str) -> datetime:
    return TERMS.deadlines[name]


def content(name: str) -> bytes:
    """The bytes of the content of a name: the name itself, of a form its answers, of a deposit the secret."""
    answers = {
        "form": {"form": name},
        "anew": {"extra": name, "form": name},
        "review": {"text": name},
        "blank": {},
    }.get(name)
    if name == "deposit":
        return SECRET.encode()
    return name.encode() if answers is None else canonical_bytes(answers)


def ref(name: str = "text") -> Ref:
    """A content of a name, without a salt."""
    return Ref(id=name, sha256=hashlib.sha256(content(name)).hexdigest())


def list_stored(at: datetime, *names: str) -> dict[str, ContentFact]:
    """What the record would say of texts that were stored at an instant."""
    return {name: ContentFact(sha256=ref(name).sha256, kind="text", stored=at) for name in names}


def actor(person: str, role: Role | str | None = None) -> Actor:
    """An actor whose role is the first part of the id, `expert` for `expert-3`, unless one is named."""
    return Actor(person=person, role=Role(role or person.rsplit("-", 1)[0]))


APPLICANT = actor("applicant-1")
OFFICER = actor("officer-1")
OPENER = actor("officer-2")
"""The officer who opens what OFFICER committed."""
SUPERVISOR = actor("supervisor-1")
RECOMMENDER = actor("recommender-1")


def expert(number: int) -> str:
    return f"expert-{number}"


def person(name: str, *roles: str, employer: str = "", unit: str = "", active: bool = True) -> PersonFact:
    held: dict[str, tuple[str, ...]] = dict.fromkeys(roles, (unit,) if unit else ())
    return PersonFact(person=name, roles=held, employer=employer or f"91-{name}", active=active)


def people() -> dict[str, PersonFact]:
    """The registry: applicants, a recommender per unit, experts, and those who hold other roles."""
    known = [
        person("applicant-1", "applicant", employer=HOST),
        person("applicant-2", "applicant", employer=HOST),
        person("applicant-3", "applicant", employer="91-other"),
        person("partner-1", "applicant", employer=PARTNER),
        person("recommender-1", "recommender", unit="bj"),
        person("recommender-2", "recommender", unit="unit-1"),
        person("insider-1", "expert", "objector", employer=HOST),
        person("retired-1", "objector", active=False),
        *(person(f"expert-{n}", "expert", "objector", "applicant") for n in range(1, 25)),
        *(person(f"surveyor-{n}", "expert") for n in range(1, 6)),
        *(person(f"examiner-{n}", "supervisor") for n in range(1, 4)),
        *(person(f"objector-{n}", "objector") for n in range(1, 4)),
        *(person(f"officer-{n}", "officer", "objector") for n in (1, 2, 3)),
        *(person(f"supervisor-{n}", "supervisor", "objector") for n in (1, 2)),
        *(person(f"approver-{n}", "approver") for n in (1, 2, 3)),
        person("admin-1", "admin"),
        person("auditor-1", "auditor"),
    ]
    return {item.person: item for item in known}


def facts(sealed: Terms = TERMS, **changes: Any) -> Facts:
    """What the record would say when asked."""
    return Facts(**{"terms": sealed, "people": people(), **changes})


def unit(code: str = HOST, kind: str = "enterprise", region: str = "CN-BJ") -> Unit:
    return Unit(code=code, kind=kind, region=region)


def submission(**changes: Any) -> Submission:
    """A complete version by a host unit alone, with seals, against which the check has no warning."""
    data: dict[str, Any] = {
        "field": "equipment",
        "region": "CN-BJ",
        "priority": "urgent",
        "host": unit(),
        "form_version": "one-text",
        "form": ref("form"),
        "pledge": ref("applicant-pledge"),
        "seals": ref("seals"),
        "staff": 30,
    }
    return Submission(**{**data, **changes})


def joint(**changes: Any) -> Submission:
    """A version by host and one co-builder of another kind, with their agreement."""
    partner = unit(PARTNER, kind="university")
    return submission(**{"co_builders": (partner,), "agreement": ref("agreement"), **changes})


def submit(**changes: Any) -> c.Submit:
    return c.Submit(submission=submission(**changes))


def take(revision: int = 1, unit: str = "bj", agent: str = "recommender-1") -> c.TakeRecommendation:
    return c.TakeRecommendation(unit=unit, revision=revision, agent=agent)


def panel(
    first: int = 1, seats: int = 7, alternates: int = 3, draw: str = "main", **changes: Any
) -> c.SeatPanel:
    """The experts from `first` on, seats before alternates."""
    people = [expert(number) for number in range(first, first + seats + alternates)]
    data: dict[str, Any] = {
        "draw": draw,
        "experts": tuple(people[:seats]),
        "alternates": tuple(people[seats:]),
        "lot": "ab" * 16,
        **changes,
    }
    drawn = (*data["experts"], *data["alternates"])
    return c.SeatPanel(**{"employers": {name: f"91-{name}" for name in drawn}, **data})


def accept(name: str = "pledge") -> c.AcceptInvitation:
    return c.AcceptInvitation(pledge=ref(name))


def scores(value: str = "20", **changes: str) -> dict[str, Decimal]:
    return {code: Decimal(changes.get(code, value)) for code in CRITERIA}


def review_form(**changes: Any) -> AnsweredForm:
    """The one text of a round without a review form, which is for the applicant."""
    told = {"version": "one-review", "answers": ref("blank"), "told": ref("review")}
    return AnsweredForm(**{**told, **changes})


def review(value: str = "20", **changes: str) -> c.SubmitReview:
    return c.SubmitReview(scores=scores(value, **changes), form=review_form())


def correct(value: str = "20", number: int = 1, **changes: str) -> c.CorrectReview:
    return c.CorrectReview(
        scores=scores(value, **changes), form=review_form(), number=number, reason=ref("reason")
    )


def report_conflict(expert: str, report: str = "report-1") -> c.ReportConflict:
    return c.ReportConflict(report=report, expert=expert, text=ref("report"))


def rule(report: str = "report-1", *, upheld: bool) -> c.RuleOnConflict:
    return c.RuleOnConflict(report=report, upheld=upheld, text=ref("ruling"))


def team(*members: str, lead: str = "surveyor-1", reason: Ref | None = None) -> c.AppointSurveyTeam:
    named = members or ("surveyor-1", "surveyor-2", "surveyor-3")
    return c.AppointSurveyTeam(lead=lead, members=named, reason=reason)


def survey(
    at: datetime = datetime(2024, 8, 17, tzinfo=UTC), clock: AnyClock = TERMS.clock, **changes: Any
) -> c.ReportSurvey:
    """A survey's report, of the day that holds an instant: that on which the tests' applications are surveyed."""
    day = day_of(clock, at).isoformat()
    findings = {code: ref(f"finding-{code}") for code in CRITERIA}
    return c.ReportSurvey(**{"day": day, "findings": findings, "verdict": "confirmed", **changes})


def meeting(present: tuple[str, ...], **changes: Any) -> c.OpenAppraisal:
    return c.OpenAppraisal(**{"present": present, **changes})


def vote(vote: str = "for", meeting: int = 1, dissent: Ref | None = None, score: str = "81.5") -> c.CastVote:
    own = None if vote == "abstained" else Decimal(score)
    return c.CastVote(meeting=meeting, vote=vote, score=own, dissent=dissent)


def appraisal(meeting: int = 1, **changes: Any) -> c.RecordAppraisal:
    return c.RecordAppraisal(**{"meeting": meeting, "text": ref("minutes"), **changes})


def hold_meeting(
    present: Iterable[str],
    chair: str,
    number: int = 1,
    *,
    score: str = "81.5",
    reason: Ref | None = None,
    **changes: Any,
) -> list[tuple[Frozen, Actor]]:
    """All acts of a meeting at which whoever is present votes for, with this score.

    `reason` says why it is opened anew, and why the score is far from the reviews' mean.
    """
    members = tuple(present)
    voters = [person for person in members if person not in changes.get("aside", ())]
    return [
        (meeting(members, reason=reason, **changes), actor(chair, Role.CHAIR)),
        *((vote(meeting=number, score=score), actor(person, Role.EXPERT)) for person in voters),
        (appraisal(number, reason=reason), actor(chair, Role.CHAIR)),
    ]


def objection(name: str = "objection-1") -> c.RaiseObjection:
    return c.RaiseObjection(objection=name, text=ref("objection"), evidence=(ref("evidence"),))


def withdraw_objection(name: str = "objection-1") -> c.WithdrawObjection:
    return c.WithdrawObjection(objection=name, reason=ref("withdrawn"))


def examiners(*names: str, objection: str = "objection-1", reason: Ref | None = None) -> c.AppointExaminers:
    named = names or ("examiner-1", "examiner-2")
    return c.AppointExaminers(objection=objection, examiners=named, reason=reason)


def settle(
    outcome: Any = "dismissed", objection: str = "objection-1"
) -> c.SettleObjection | c.UpholdObjection:
    if outcome == "upheld":
        return c.UpholdObjection(objection=objection, text=ref("reasons"))
    return c.SettleObjection(objection=objection, outcome=outcome, text=ref("reasons"))


def rule_on_hit(number: str, *, cleared: bool = True, text: Ref | None = None) -> Frozen:
    kind = ClearIntegrityHit if cleared else UpholdIntegrityHit
    return kind(application=number, text=text or ref())


def report_fraud(*evidence: str) -> c.ReportFraud:
    return c.ReportFraud(text=ref("fraud"), evidence=tuple(map(ref, evidence or ("proof",))))


def request_review(ground: str = "conflict-overlooked") -> c.RequestReview:
    return c.RequestReview(ground=ground, text=ref("why"), evidence=(ref("evidence"),))


def rule_on_request(verdict: str = "step-again", ground: str = "conflict-overlooked") -> c.RuleOnRequest:
    return c.RuleOnRequest(ground=ground, upheld=bool(verdict), remedy=verdict, text=ref("reasons"))


def open_round(sealed: RoundRules = RULES, **changes: Any) -> OpenRound:
    data = {"rules": sealed.model_dump(mode="json"), "rules_hash": rules_hash(sealed)}
    return OpenRound(**{**data, **changes})


def change_form(old: Form, version: str = "", *, required: bool = True, **changes: Any) -> Form:
    """A form as it is, under another version's name, with a text more that is asked, and as changed."""
    data = old.model_dump(mode="json")
    extra = {"code": "extra", "kind": "text", "en": "More", "zh": "补充", "required": required}
    fields = [*data["sections"][0]["fields"]]
    if "extra" not in old.by_code:
        fields.append(extra)
    sections = [{**data["sections"][0], "fields": fields}, *data["sections"][1:]]
    return Form.model_validate(
        {**data, "version": version or f"{old.version}-2", "sections": sections, **changes}
    )


def amend_form(
    old: Form,
    new: Form,
    name: FormName = "application",
    renamed: dict[str, str] | None = None,
    **changes: Any,
) -> AmendForm:
    """The act that puts a form in the place of another, with the whole map."""
    data = {
        "form_name": name,
        "was": old.version,
        "definition": new.model_dump(mode="json"),
        "form_hash": sha256_hex(canonical_bytes(new)),
        "by": map_fields(old, new, renamed or {}),
        "reason": ref("reason"),
    }
    return AmendForm(**{**data, **changes})


def candidate(number: str, **changes: Any) -> Candidate:
    data = {"stream": f"application/{ROUND}/{number}", "revision": 1, "stage": "appraised"}
    return Candidate(**{**data, "field": "equipment", "region": "CN-BJ", **changes})


def outage(began: datetime, ended: datetime) -> RecordOutage:
    return RecordOutage(began=began, ended=ended, cause="system", reason=ref("outage"))


def propose(*numbers: str, **deviations: str) -> Propose | ProposeDeviating:
    """A proposal of these numbers, best first; deviations are given as `number=name of the reason`."""
    if deviations:
        return propose_deviating(*numbers, **deviations)
    return Propose(items=_list_items(numbers))


def propose_deviating(*numbers: str, **deviations: str) -> ProposeDeviating:
    reasons = {number: ref(name) for number, name in deviations.items()}
    return ProposeDeviating(items=_list_items(numbers), deviations=reasons)


def shortlist(add: dict[str, Ref], remove: dict[str, Ref]) -> FixShortlist | FixDeviatingShortlist:
    return FixDeviatingShortlist(add=add, remove=remove) if add or remove else FixShortlist()


def _list_items(numbers: Iterable[str]) -> tuple[ProposalItem, ...]:
    return tuple(
        ProposalItem(application=number, rank=rank, reason=ref("why"))
        for rank, number in enumerate(numbers, 1)
    )
