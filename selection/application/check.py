"""Decide on the legality check (docs/process-sources.md, stage 4)."""

from selection.application import commands as c
from selection.application import events as e
from selection.application.intake import contents_of, refuse_faulty
from selection.application.preconditions import needed_terms, refuse_late
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.refusals.refused import Refused

GROUNDS: dict[str, tuple[str, str]] = {
    "outside-field": ("the field is outside the ministry's business", "领域不属于文化和旅游部职责范围"),
    "excluded-field": ("an excluded field, such as museums and relics", "属于排除领域（如文博）"),
    "direction-held": ("a first-batch centre holds this direction", "首批中心已覆盖该研究方向"),
    "same-kind-bid": ("a joint bid by units all of one kind", "联合申报单位同属一类"),
    "agreement-missing": ("the joint-formation agreement is missing", "缺少共建协议"),
    "seals-missing": ("seals are missing", "缺少盖章"),
    "staff-below-minimum": ("fewer staff than the rules ask for", "人员数量低于要求"),
    "fund-below-minimum": ("less funding than the rules ask for", "经费低于要求"),
    "evidence-unclear": ("evidence is missing or unclear", "佐证材料缺失或不清"),
}
"""The grounds of the check: code -> (English, Chinese)."""


def warnings_of(submission: e.Submission, context: Context) -> tuple[str, ...]:
    """Return the grounds that the application's facts suggest; a person rules on each of them."""
    terms = needed_terms(context)
    found = []
    joint = bool(submission.co_builders)
    kinds = {submission.host.kind, *(unit.kind for unit in submission.co_builders)}
    if joint and len(kinds) == 1:
        found.append("same-kind-bid")
    if joint and submission.agreement is None:
        found.append("agreement-missing")
    if submission.seals is None:
        found.append("seals-missing")
    if terms.check.min_staff is not None and submission.staff < terms.check.min_staff:
        found.append("staff-below-minimum")
    if terms.check.min_fund is not None and submission.fund_yuan < terms.check.min_fund:
        found.append("fund-below-minimum")
    return tuple(found)


def send_back(state: ApplicationState, command: c.SendBack, context: Context) -> tuple[Event, ...]:
    """Send faults back to be mended, as often as the rules allow."""
    terms = needed_terms(context)
    _refuse_unknown(command.faults)
    if state.sent_back >= terms.check.mend_at_most:
        raise Refused("sent-back-once", limit=str(terms.check.mend_at_most))
    until = terms.after(context.at, terms.days.mend)
    return (e.SentBack(faults=command.faults, text=command.text, until=until),)


def mend(state: ApplicationState, command: c.Mend, context: Context) -> tuple[Event, ...]:
    """Accept the mended version until the date given."""
    assert state.until is not None
    stored = refuse_late("mend", state.until, context, contents_of(command.submission))
    refuse_faulty(command.submission, context)
    if state.submission and state.submission.employers != command.submission.employers:
        raise Refused("unknown-value", place="co_builders")
    return (
        e.ApplicationMended(revision=state.revision + 1, submission=command.submission, stored_before=stored),
    )


def pass_check(state: ApplicationState, command: c.PassCheck, context: Context) -> tuple[Event, ...]:
    """Find the application lawful; each warning must be ruled on by name."""
    _refuse_changed(state, command.revision)
    _refuse_unknown(command.rulings)
    open_warnings = warnings_of(state.submission, context) if state.submission else ()
    unruled = [ground for ground in open_warnings if ground not in command.rulings]
    if unruled:
        raise Refused("missing", place="rulings: " + ", ".join(unruled))
    return (e.CheckPassed(rulings=command.rulings, text=command.text),)


def fail_check(state: ApplicationState, command: c.FailCheck, context: Context) -> tuple[Event, ...]:
    """Rule the application out on named grounds."""
    _refuse_changed(state, command.revision)
    _refuse_unknown(command.grounds)
    return (e.CheckFailed(grounds=command.grounds, text=command.text),)


def _refuse_changed(state: ApplicationState, revision: int) -> None:
    if revision != state.revision:
        raise Refused("version-changed", version=str(revision), current=str(state.revision))


def _refuse_unknown(grounds: tuple[str, ...]) -> None:
    if any(ground not in GROUNDS for ground in grounds):
        raise Refused("unknown-value", place="grounds")
