"""A round in which most things happen that can: told once by real acts, for proofs to be tried on.

0001 is listed, after one proposal was sent back. 0002 is passed over with a reason, 0003 loses its panel's
alternates, gets a second draw and loses a reviewer to a conflict found after the shortlist, of 0004 a reviewer corrects
a review before it is removed by an objection, 0005 is added to the shortlist, held by an objection and listed after the
others, 0006 is mended and yet ineligible, 0007 is withdrawn, 0008 handed in anew after the form changed and not
recommended, 0009 never submitted, 0010 left off
the shortlist. An expert is erased after the review, and a host, an agent and a surveyor after the survey.
"""

from datetime import timedelta
from functools import cache
from typing import Any

from selection.application import commands as c
from selection.decision.facts import PersonFact
from selection.decision.reference import Decision
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.recommendation.commands import RankRecommendations, Recommend, WithdrawRecommendation
from selection.register.state import INSTALLATION
from selection.round import commands as r
from tests import factories as f
from tests.amending import put_in_force
from tests.citing import PHOTO
from tests.desk import last_of, pause_counting
from tests.signatures import Signatures
from tests.whole_round import WholeRound

NUMBERS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0010")
PANEL = {"seats": 5, "alternates": 2, "min_valid": 4}
UNITS = {
    "0001": ("bj", "CN-BJ"),
    "0002": ("bj", "CN-BJ"),
    "0003": ("unit-1", "CN-BJ"),
    "0004": ("sh", "CN-SH"),
    "0005": ("sh", "CN-SH"),
    "0006": ("unit-2", "CN-SH"),
    "0007": ("unit-3", "CN-BJ"),
    "0010": ("unit-4", "CN-SH"),
}
JOINT = ("0002", "0003", "0006")
"""Those with a co-builder: 0002's confirms at once, 0006's what was mended, 0003's never."""
REVIEWED = "0002"
SCORES = {"0001": "22", "0002": "21", "0003": "20", "0004": "20.5", "0005": "15", "0010": "18"}
ANEW: dict[str, Any] = {"form_version": "one-text-2", "form": f.ref("anew")}
"""What a version says after the form changed, with an answer more."""
AGREED = {"0001": "90", "0002": "85", "0003": "60", "0004": "80", "0005": "70"}


def _rules() -> Any:
    named = {"en": "n", "zh": "n"}
    affiliated = [{"code": f"unit-{n}", "route": "affiliated", **named} for n in range(1, 5)]
    regional = [
        {"code": code, "route": "province", "region": region, **named}
        for code, region in (("bj", "CN-BJ"), ("sh", "CN-SH"))
    ]
    return f.rules(
        panel=PANEL,
        recommenders=[*regional, *affiliated],
        places=3,
        shortlist={"factor": "1.25"},
    )


def _people() -> list[PersonFact]:
    units = ("bj", "sh", *(f"unit-{n}" for n in range(1, 5)))
    changed = [
        *(
            f.person(f"host-{number}", "applicant", employer=f"91-host-{number}")
            for number in (*NUMBERS, "0009")
        ),
        *(f.person(f"partner-{number}", "applicant", employer=f"91-partner-{number}") for number in JOINT),
        *(f.person(f"agent-{unit}", "recommender", unit=unit) for unit in units),
        *(f.person(f"surveyor-{n}", "objector") for n in range(1, 6)),
        *(f.person(f"objector-{n}", "objector") for n in range(1, 4)),
    ]
    return list({**f.people(), **{item.person: item for item in changed}}.values())


def _submission(number: str, **changes: Any) -> c.Submit:
    region = UNITS.get(number, ("", "CN-BJ"))[1]
    host = f.unit(f"91-host-{number}", region=region)
    if number in JOINT:
        partner = f.unit(f"91-partner-{number}", kind="university", region=region)
        changes = {"co_builders": (partner,), "agreement": f.ref("agreement"), **changes}
    return f.submit(host=host, region=region, avoid=("expert-1",) if number == "0001" else (), **changes)


def _confirm(made: WholeRound, number: str, revision: int) -> None:
    command = c.ConfirmCoBuilding(co_builder=f"91-partner-{number}", revision=revision)
    made.app(number).act(command, f.actor(f"partner-{number}", "applicant"))


def _host(number: str) -> Any:
    return f.actor(f"host-{number}", "applicant")


def _expert(person: str) -> Any:
    return f.actor(person, Role.EXPERT)


@cache
def tell_round() -> WholeRound:
    """The whole round, from the call to the issued list. Read only: it is made once."""
    return _tell(None)


@cache
def tell_signed_round() -> WholeRound:
    """The same, where everybody signs."""
    return _tell(Signatures())


def _tell(signatures: Signatures | None) -> WholeRound:
    with pause_counting():
        made = WholeRound(_rules(), _people(), signatures)
        for tell in (_intake, _check, _review, _survey, _notice, _approval, _after_the_end):
            tell(made)
    return made


def _intake(made: WholeRound) -> None:
    made.now += timedelta(days=9)
    for number in NUMBERS[1:]:
        made.app(number).act(_submission(number), _host(number))
    _confirm(made, "0002", 1)
    another = f.ref("form").with_(id="form.host-0002")
    assert made.app("0007").refuse(c.Withdraw(reason=another), _host("0007")) == "unknown-content"
    photo = f.ref(PHOTO)
    assert made.app("0007").refuse(c.Withdraw(reason=photo), _host("0007")) == "wrong-content"
    made.app("0007").act(c.Withdraw(), _host("0007"))
    sealed = made.round.state.forms.find("application")
    put_in_force(made, f.amend_form(sealed, f.change_form(sealed)))
    assert made.app("0008").refuse(_submission("0008", staff=31), _host("0008")) == "form-changed"
    made.app("0008").act(_submission("0008", **ANEW), _host("0008"))
    extend = r.ExtendDeadline(
        cause="organiser", name="recommendation", until=f.RULES.calendar.check, reason=f.ref("extension")
    )
    assert (
        made.app("0009").refuse(_submission("0009", field="unheard-of", **ANEW), _host("0009"))
        == "unknown-value"
    )
    submission = f.deadline("submission")
    made.stored = dict.fromkeys(("anew", "applicant-pledge", "seals"), submission - timedelta(minutes=1))
    made.wait(submission + timedelta(minutes=5))
    made.app("0001").act(_submission("0001", **ANEW), _host("0001"))
    made.wait(submission + timedelta(days=1))
    made.round.act(extend, f.OFFICER)
    made.recommend("bj", "agent-bj", "0002")
    withdrawn = WithdrawRecommendation(application="0002")
    bj = made.desk(f"recommender/{f.ROUND}/bj")
    bj.act(withdrawn, f.actor("agent-bj", "recommender"))
    made.app("0002").carry(last_of(bj))
    for number, (unit, _) in UNITS.items():
        if number != "0007":
            made.recommend(unit, f"agent-{unit}", number)
    over = Recommend(application="0008", revision=2)
    bj = made.desk(f"recommender/{f.ROUND}/bj")
    assert bj.refuse(over, f.actor("agent-bj", "recommender")) == "quota-full"
    bj.act(RankRecommendations(order=("0002", "0001")), f.actor("agent-bj", "recommender"))


def _check(made: WholeRound) -> None:
    made.wait(made.round.state.deadlines["recommendation"] + timedelta(days=1))
    for number in (*SCORES, "0006"):
        if number == "0006":
            sent_back = c.SendBack(faults=("seals-missing",), text=f.ref())
            made.app(number).act(sent_back, f.OFFICER)
            made.now += timedelta(days=1)
            mended = _submission(number, staff=31, agreement=f.ref("mended")).submission
            made.app(number).act(c.Mend(submission=mended), _host(number))
            _confirm(made, number, 2)
            made.app(number).act(
                c.FailCheck(revision=2, grounds=("excluded-field",), text=f.ref()), f.OFFICER
            )
        else:
            ruled = ("co-builder-unconfirmed",) if number == "0003" else ()
            made.app(number).act(c.PassCheck(revision=1, rulings=ruled, text=f.ref()), f.OFFICER)
    made.look()


def _review(made: WholeRound) -> None:
    made.now += timedelta(days=1)
    made.draw("main")
    made.look()
    for _ in range(4):
        _decline(made, "0003")
    reported = _accept(made, "0002")[0]
    for number in SCORES:
        _review_all(made, number)
    made.app("0002").act(f.report_conflict(reported), f.OFFICER)
    made.app("0002").act(f.rule(upheld=True), f.SUPERVISOR)
    _review_all(made, "0002")
    _move_and_back(made, "0002")
    made.now += timedelta(days=1)
    made.erase(_elsewhere(made, "0003"))
    made.draw("second")
    _late_review(made, "0003")
    assert {state.number for state in made.applications(Stage.SCORED)} == set(SCORES)
    made.look()


def _move_and_back(made: WholeRound, number: str) -> None:
    """Let the host employ a reviewer for a moment, as a mistake in the register would; a supervisor dismisses it."""
    application = made.app(number)
    known = made.people[application.state.valid_reviews[0].expert]
    made.register(known.with_(employer=application.state.submission.host.code))
    made.register(known)
    application.carry(Decision(stream=INSTALLATION, version=made.installation[-1].version))
    (report,) = application.state.open_reports
    application.act(f.rule(report, upheld=False), f.SUPERVISOR)


def _decline(made: WholeRound, number: str) -> None:
    seat = next(seat for seat in made.app(number).state.seats if seat.status == "invited")
    made.app(number).act(c.DeclineInvitation(), _expert(seat.expert))


def _accept(made: WholeRound, number: str) -> list[str]:
    invited = [seat.expert for seat in made.app(number).state.seats if seat.status == "invited"]
    for expert in invited:
        made.app(number).act(f.accept(), _expert(expert))
    return invited


def _review_all(made: WholeRound, number: str) -> None:
    _accept(made, number)
    accepted = [seat for seat in made.app(number).state.seats if seat.status == "accepted"]
    for seat in accepted:
        technical = str(20 + seat.number)
        made.app(number).act(f.review(SCORES[number], technical=technical), _expert(seat.expert))
        if number == "0004" and seat is accepted[0]:
            # The lowest total, before and after.
            made.app(number).act(f.correct(SCORES[number]), _expert(seat.expert))


def _elsewhere(made: WholeRound, number: str) -> str:
    """An expert who reviewed, but could still be drawn for this application."""
    state = made.app(number).state
    here = {*state.former, *(seat.expert for seat in state.seats)}
    seats = [seat for other in made.applications(Stage.SCORED) for seat in other.seats]
    found: str = next(seat.expert for seat in seats if seat.expert not in here)
    return found


def _late_review(made: WholeRound, number: str) -> None:
    """Let those who sit review within the grace, their texts stored in time."""
    _accept(made, number)
    due = min(seat.review_by for seat in made.app(number).state.seats if seat.status == "accepted")
    made.stored["review"] = made.stored["blank"] = due - timedelta(minutes=3)
    made.wait(due + timedelta(minutes=5))
    made.stored[PHOTO] = made.stored["review"]
    late = next(seat for seat in made.app(number).state.seats if seat.status == "accepted")
    photo = f.review().with_(form=f.review_form(told=f.ref(PHOTO)))
    assert made.app(number).refuse(photo, _expert(late.expert)) == "wrong-content"
    _review_all(made, number)


def _survey(made: WholeRound) -> None:
    made.now += timedelta(days=1)
    outage = f.outage(f.deadline("review") - timedelta(hours=6), made.now - timedelta(minutes=1))
    made.round.act(outage, f.OFFICER)
    lobbying = r.ReportLobbying(report="lobbying-1", named=("supervisor-2",), text=f.ref("why"))
    made.judge(lobbying, "objector-1")
    made.judge(r.RuleOnLobbying(report="lobbying-1", upheld=False, text=f.ref("ruling")), "supervisor-1")
    made.app("0001").act(f.report_fraud(), f.OFFICER)
    made.app("0001").act(c.RuleOnFraud(upheld=False, text=f.ref("genuine")), f.SUPERVISOR)
    made.fix_shortlist({"0005": f.ref("added")}, {})
    made.look()
    for number in AGREED:
        made.app(number).act(f.team(), f.OFFICER)
        made.app(number).act(f.survey(made.now), f.actor("surveyor-1", Role.SURVEYOR))
    made.look()
    made.now += timedelta(minutes=1)
    for person in ("host-0001", "agent-bj", "surveyor-1"):
        made.erase(person)
    late = made.app("0003")
    late.act(f.report_conflict(late.state.seats[0].expert, "report-late"), f.OFFICER)
    late.act(f.rule("report-late", upheld=True), f.SUPERVISOR)
    for number, score in AGREED.items():
        panel = [seat.expert for seat in made.app(number).state.seats if seat.status == "submitted"]
        made.app(number).act(c.AppointChair(chair=panel[0], reason=f.ref("why")), f.OFFICER)
        present = [person for person in panel if made.people[person].active]
        for act, actor in f.hold_meeting(present, panel[0], score=score, reason=f.ref("far")):
            made.app(number).act(act, actor)
    made.look()


def _notice(made: WholeRound) -> None:
    made.now += timedelta(days=1)
    made.propose("0001", "0004", "0005", n0002="passed-over")
    made.open_notice()
    for number, outcome in (("0001", "dismissed"), ("0004", "upheld"), ("0005", "")):
        made.now += timedelta(hours=1)
        made.app(number).act(f.objection(), f.actor("objector-1"))
        made.app(number).act(f.examiners("examiner-1", "examiner-2"), f.OFFICER)
        if outcome:
            made.app(number).act(f.settle(outcome), f.actor("examiner-1"))
    made.wait(made.now + timedelta(days=9))
    made.look()


def _approval(made: WholeRound) -> None:
    made.judge(r.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), "supervisor-1")
    back = r.SendBackProposal(proposal=1, level="department", items=("0001",), reason=f.ref())
    made.judge(back, "approver-1")
    made.now += timedelta(days=1)
    made.propose("0001")
    made.open_notice()
    made.wait(made.now + timedelta(days=9))
    made.look()
    check = r.RecordIntegrityCheck(proposal=2, hits={"0001": f.ref("hit")}, text=f.ref("integrity"))
    made.judge(check, "supervisor-1")
    made.judge(f.rule_on_hit("0001"), "supervisor-2")
    _agree(made, 2)
    made.now += timedelta(days=1)
    made.app("0005").act(f.settle("partly-upheld"), f.actor("examiner-1"))
    made.look()
    made.judge(r.RecordIntegrityCheck(proposal=3, text=f.ref("integrity")), "supervisor-1")
    _agree(made, 3)


def _after_the_end(made: WholeRound) -> None:
    """One that was not selected has its procedure reviewed by two."""
    ground, people = "conflict-overlooked", ("examiner-2", "examiner-3")
    desk = made.app(REVIEWED)
    desk.act(f.request_review(ground), f.actor(f"host-{REVIEWED}", "applicant"))
    desk.act(c.AppointDeciders(ground=ground, deciders=people), f.OFFICER)
    for person in people:
        desk.act(f.rule_on_request(ground=ground), f.actor(person, "examiner"))
    desk.act(c.RecordRemedy(ground=ground, text=f.ref("other")), f.OFFICER)


def _agree(made: WholeRound, proposal: int) -> None:
    for person, level in (
        ("approver-1", "department"),
        ("approver-2", "ministry"),
        ("approver-3", "ministry"),
    ):
        made.judge(r.Approve(proposal=proposal, level=level), person)
    made.issue()
