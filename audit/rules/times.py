"""Time: every act before the deadline in force at its entry, deadlines' events dated at them, windows measured."""

from collections.abc import Callable
from datetime import date, datetime

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, ListStep, RoundStep, Step
from audit.rules.recommending.paper import is_on_paper
from audit.rules.rule_runner import Check, Checks, EachEvent, Rule, checks_of
from audit.rules.window_days import (
    list_guessed,
    list_unsealed,
    measure_window,
    require_guessed,
    require_known,
)
from selection.application import events as a
from selection.application.state import ApplicationState, Seat
from selection.decision.aggregate import ActRefused, Event
from selection.kernel.day_clock import CalendarClock, day_of
from selection.recommendation import events as n
from selection.recommendation.state import ListState
from selection.round import events as r
from selection.round.state import RoundState


def time_rules() -> tuple[Rule, ...]:
    """Return the rules about acts in time and measured windows."""
    return EachEvent("acts-in-time", IN_TIME), EachEvent("windows-measured", MEASURED)


def refuse_late(step: Step, deadline: str, until: datetime, stored: datetime | None = None) -> None:
    """Raise Difference for an act at or after its deadline.

    What was stored before it counts as in time within the rules' grace, 15 minutes [D]; the record holds both
    instants.
    """
    at = step.leaf.at
    if at < until:
        in_time = stored is None or stored < until
    else:
        in_time = stored is not None and stored < until and at < until + step.terms.grace
    if not in_time:
        raise step.differs("act-late", deadline=deadline, at=at.isoformat(), until=until.isoformat())


def due_of(step: ApplicationStep, seat: Seat) -> datetime:
    """Return when the seat is lost: its answer's date, or the later of its review's and the stage's in force."""
    if seat.status == "invited":
        moved = min(step.end_in_force("invitation", seat.respond_by), step.in_force("review_last"))
        return max(seat.respond_by, moved)
    return max(seat.review_by, min(step.in_force("review"), step.in_force("review_last")))


def seat_before(step: ApplicationStep, number: int) -> Seat:
    """Return the seat as it was before the entry. Raises Difference when there was none."""
    for seat in step.before.seats:
        if seat.number == number:
            return seat
    raise step.differs("not-in-the-seat", seat=str(number))


def _before(name: str) -> Check:
    return lambda step: refuse_late(step, name, step.in_force(name))


def _before_last_day(step: ApplicationStep) -> None:
    # A fresh panel after the end has the rules' days alone: the stage's are long over.
    if not step.before.ended:
        refuse_late(step, "review_last", step.in_force("review_last"))


def _check_submitted(step: ApplicationStep) -> None:
    assert isinstance(step.event, a.ApplicationSubmitted)
    refuse_late(step, "submission", step.in_force("submission"), step.event.stored_before)


def _check_recommended(step: ListStep) -> None:
    # What came on paper counts by the day on which it was sent: audit/rules/recommending/paper.py.
    if not is_on_paper(step):
        refuse_late(step, "recommendation", step.in_force("recommendation"))


def _check_withdrawn(step: ListStep) -> None:
    assert isinstance(step.event, n.RecommendationWithdrawn)
    entry = step.before.entry(step.event.application)
    # What officers entered, the unit may disown as long as its list is open: nothing follows a list's end.
    if entry is None or not entry.entered_by:
        refuse_late(step, "recommendation", step.in_force("recommendation"))


def _check_mended(step: ApplicationStep) -> None:
    assert isinstance(step.event, a.ApplicationMended)
    refuse_late(step, "mend", step.end_in_force("mend", step.before.until), step.event.stored_before)


def _check_surveyed(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.SurveyReported)
    try:
        real = date.fromisoformat(event.day).isoformat() == event.day
    except ValueError:
        real = False
    step.require(real, "no-day", day=event.day)
    clock, joined = step.rules.clock, step.before.joined.get(step.leaf.actor.person, step.before.since)
    # A rehearsal's days pass in seconds: what people write there are days of another calendar.
    if isinstance(clock, CalendarClock) and joined is not None:
        first, last = day_of(clock, joined).isoformat(), day_of(clock, step.leaf.at).isoformat()
        step.require(first <= event.day <= last, "day-outside", day=event.day, first=first, last=last)


def _check_accepted(step: ApplicationStep) -> None:
    assert isinstance(step.event, a.InvitationAccepted)
    refuse_late(step, "respond", due_of(step, seat_before(step, step.event.seat)))


def _check_reviewed(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ReviewSubmitted)
    refuse_late(step, "review", due_of(step, seat_before(step, event.seat)), event.stored_before)


def _check_corrected(step: ApplicationStep) -> None:
    """Give a correction no grace: its text may be the former one, stored long before."""
    event = step.event
    assert isinstance(event, a.ReviewCorrected)
    refuse_late(step, "review", due_of(step, seat_before(step, event.seat)))


def _check_vacated(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.SeatVacated)
    seat = seat_before(step, event.seat)
    if event.deadline is None and seat.open:
        grace = step.terms.grace if seat.status == "accepted" else step.terms.grace * 0
        refuse_late(step, "review", due_of(step, seat) + grace)


def _check_objected(step: ApplicationStep) -> None:
    refuse_late(step, "notice", step.end_in_force("notice", step.before.until))


def _check_extended(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.DeadlineExtended)
    if event.name in ("submission", "recommendation", "notice"):
        assert event.old is not None
        refuse_late(step, event.name, event.old)
    require_known(step, list_unsealed(step, day_of(step.rules.clock, step.leaf.at), event.until))


def _check_refused(step: Step) -> None:
    event = step.event
    assert isinstance(event, ActRefused)
    if event.code == "late" and event.params.get("until", "-") not in ("", "-"):
        until = datetime.fromisoformat(event.params["until"])
        step.require(step.leaf.at >= until, "refused-in-time", until=until.isoformat())


IN_TIME_OF_APPLICATION: dict[type[Event], Callable[[ApplicationStep], None]] = {
    a.ApplicationSubmitted: _check_submitted,
    a.ApplicationWithdrawn: _before("submission"),
    a.ApplicationMended: _check_mended,
    a.PanelSeated: _before_last_day,
    a.SeatFilled: _before_last_day,
    a.InvitationAccepted: _check_accepted,
    a.ReviewSubmitted: _check_reviewed,
    a.ReviewCorrected: _check_corrected,
    a.SeatVacated: _check_vacated,
    a.ObjectionRaised: _check_objected,
}
IN_TIME_OF_LIST: dict[type[Event], Callable[[ListStep], None]] = {
    n.ApplicationRecommended: _check_recommended,
    n.RecommendationWithdrawn: _check_withdrawn,
    n.RecommendationsRanked: _before("recommendation"),
}
IN_TIME: Checks = {
    **checks_of(ApplicationState, IN_TIME_OF_APPLICATION),
    **checks_of(ListState, IN_TIME_OF_LIST),
    **checks_of(RoundState, {r.DeadlineExtended: _check_extended}),
    ActRefused: _check_refused,
}


def _ends_after(name: str) -> Check:
    def measure(step: Step) -> None:
        event = step.event
        assert isinstance(event, a.SentBack | a.NoticeOpened | r.PublicNoticeOpened)
        until = step.end_in_force(name, measure_window(step, name))
        params = {"stated": event.until.isoformat(), "found": until.isoformat()}
        step.require(event.until == until, "window-differs", **params)
        if not isinstance(event, a.NoticeOpened):
            require_known(step, list_guessed(step, name))

    return measure


def _check_invited(step: ApplicationStep) -> None:
    """Compare a seat's dates with those that the deadlines in force give."""
    event = step.event
    assert isinstance(event, a.PanelSeated | a.SeatFilled)
    respond = step.end_in_force("invitation", measure_window(step, "invitation"))
    review = measure_window(step, "review_after_invitation")
    stage, last = step.in_force("review"), step.in_force("review_last")
    answer, review_by = min(respond, last), min(max(stage, review), last)
    if step.before.ended:
        answer, review_by = respond, review
    require_guessed(step, event.guessed, list_guessed(step, "invitation", "review_after_invitation"))
    for stated, instant in ((event.respond_by, answer), (event.review_by, review_by)):
        params = {"stated": stated.isoformat(), "found": instant.isoformat()}
        step.require(stated == instant, "window-differs", **params)


def _check_noticed(step: ApplicationStep) -> None:
    """Compare the end of an item's notice with the round's; one that was opened after that has days of its own."""
    event, together = step.event, step.record.round.notice_until
    assert isinstance(event, a.NoticeOpened)
    own = together is None or event.until != together or together <= step.leaf.at
    if own:
        _ends_after("notice")(step)
    require_guessed(step, event.guessed, list_guessed(step, "notice") if own else ())


MEASURED_OF_APPLICATION: dict[type[Event], Callable[[ApplicationStep], None]] = {
    a.SentBack: _ends_after("mend"),
    a.NoticeOpened: _check_noticed,
    a.PanelSeated: _check_invited,
    a.SeatFilled: _check_invited,
    a.SurveyReported: _check_surveyed,
}
MEASURED: Checks = {
    **checks_of(ApplicationState, MEASURED_OF_APPLICATION),
    r.PublicNoticeOpened: _ends_after("notice"),
}


CLAIMS: Sentences = {
    "acts-in-time": (
        "Every act was done before the deadline in force, or within the grace when its content was stored in time.",
        "每项操作均在当时有效的期限前办理，或内容在期限前存入且在宽限时间内办理。",
    ),
    "windows-measured": (
        "Public notices, invitations and periods for correction last as many days as the rules say, and sites were "
        "surveyed after who reports had joined the team, and before the report.",
        "公示、邀请和补正的期限天数均符合规则，现场实勘均在报告人加入实勘组之后、提交报告之前进行。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "no-day": ("The survey's day is none of the calendar: {day}.", "实勘日期不是日历上的日期：{day}。"),
    "day-outside": (
        "The survey's day is {day}; who reported it joined the team on {first}, and reported on {last}.",
        "实勘日期为 {day}，而报告人于 {first} 加入实勘组，于 {last} 提交报告。",
    ),
    "act-late": (
        "The act came at {at}, after the deadline “{deadline}” at {until}.",
        "操作时间 {at} 已过期限“{deadline}”（{until}）。",
    ),
    "guess-differs": (
        "Days were counted without a calendar in {found}; the entry says {stated}.",
        "按周一至周五推算的年份为 {found}，记录载明 {stated}。",
    ),
    "year-unsealed": (
        "A deadline or window reaches {years}, of which the rules know no working days.",
        "期限延至 {years} 年，而规则未载明该年工作日。",
    ),
    "refused-in-time": (
        "An act was refused as late before {until}.",
        "在 {until} 之前，操作被以逾期为由拒绝。",
    ),
}
"""What can be found instead."""
