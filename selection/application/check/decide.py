"""Decide on the legality check (docs/process-sources.md, stage 4)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from selection.application.check.commands import FailCheck, Mend, PassCheck, SendBack
from selection.application.check.events import (
    ApplicationMended,
    CheckFailed,
    CheckPassed,
    MendingLapsed,
    SentBack,
)
from selection.application.co_builders import (
    ask_about_agents,
    ask_about_version,
    ask_to_confirm,
    codes_of,
    find_team_units,
    list_unconfirmed,
    must_confirm_anew,
)
from selection.application.preconditions import (
    refuse_faulty,
    refuse_former,
    refuse_late,
    require_terms,
)
from selection.application.state import ApplicationState
from selection.application.submission import Submission, contents_of, get_form
from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest, end_in_force
from selection.decision.fitting import refuse_changed, refuse_unfit
from selection.decision.likeness import Likeness, LikenessAsked
from selection.decision.reference import Decision
from selection.forms.fields import KEPT_ENTRIES
from selection.kernel.actor import Actor
from selection.kernel.named import Named
from selection.kernel.stages import Stage
from selection.process.decisions import CHECK
from selection.process.room import Decider, Needs, Settle, Wait
from selection.process.unknown_years import refuse_unknown_years
from selection.refusals.refused import Refused
from selection.rules.grounds import Ground
from selection.rules.terms import Terms

WHO_STANDS_ASIDE = ("team", "avoid")
"""Whom a declared tie binds to one of the team, and who is to be avoided: in whatever order they stand."""


class UnitList(Protocol):
    """A unit's list as far as it matters here; its package lies above this one."""

    def entry(self, application: str) -> object | None:
        """Return the application's place on the list, if it has one."""


ON_DIRECTIONS = frozenset({"direction-held", "direction-similar"})
"""The grounds on which a direction is ruled on."""
ON_TWINS = frozenset({"same-form"})


def warnings_of(state: ApplicationState, submission: Submission, context: Context) -> tuple[str, ...]:
    """Return the grounds that the application's facts suggest; a person rules on each of them."""
    terms = require_terms(context)
    found = []
    joint = bool(submission.co_builders)
    kinds = {submission.host.kind, *(unit.kind for unit in submission.co_builders)}
    if joint and len(kinds) == 1:
        found.append("same-kind-bid")
    if joint and submission.agreement is None:
        found.append("agreement-missing")
    if list_unconfirmed(state):
        found.append("co-builder-unconfirmed")
    if submission.seals is None:
        found.append("seals-missing")
    if terms.check.min_staff is not None and submission.staff < terms.check.min_staff:
        found.append("staff-below-minimum")
    if terms.check.min_fund is not None and submission.fund_yuan < terms.check.min_fund:
        found.append("fund-below-minimum")
    likeness = context.facts.likeness or Likeness()
    if likeness.directions:
        found.append("direction-similar")
    if likeness.twins:
        found.append("same-form")
    return tuple(found)


def send_back(state: ApplicationState, command: SendBack, context: Context) -> tuple[Event, ...]:
    """Send faults back to be mended, as often as the rules allow."""
    terms = require_terms(context)
    refuse_former(state, CHECK, *context.actor.people)
    if state.seats:
        raise Refused("panel-has-read")
    lasting = [ground for ground in _find_listed(command.faults, terms) if not ground.mend]
    if lasting:
        raise Refused("ground-not-mendable", grounds=_join_codes(lasting))
    if state.sent_back >= terms.check.mend_at_most:
        raise Refused("sent-back-once", limit=str(terms.check.mend_at_most))
    refuse_unknown_years(terms.list_unknown_years("mend", at=context.at))
    until = end_in_force("mend", terms.end("mend", context.at), context.facts.deadlines)
    asked = ask_to_confirm(state, list_unconfirmed(state), until, context)
    return (SentBack(faults=command.faults, text=command.text, until=until, asked=asked),)


def mend(state: ApplicationState, command: Mend, context: Context) -> tuple[Event, ...]:
    """Accept the mended version until the date given."""
    assert state.until is not None
    until = end_in_force("mend", state.until, context.facts.deadlines)
    stored = refuse_late("mend", until, context, contents_of(command.submission))
    refuse_faulty(command.submission, context)
    if state.submission and state.submission.employers != command.submission.employers:
        raise Refused("unknown-value", place="co_builders")
    if state.submission:
        _refuse_another_bid(state.submission, command.submission)
    if state.submission and state.submission.form_version != command.submission.form_version:
        # Whoever changes a form must not be able to ask, by sending back, for what it asked nobody by the deadline.
        raise Refused("form-changed", version=state.submission.form_version)
    refuse_unfit(get_form(command.submission), context, "submission.form")
    refuse_changed(context, state.revision)
    anew = codes_of(command.submission) if must_confirm_anew(state, command.submission) else ()
    return (
        ApplicationMended(
            revision=state.revision + 1,
            submission=command.submission,
            stored_before=stored,
            asked=ask_to_confirm(state, anew, until, context),
            team_units=find_team_units(command.submission, context.facts),
        ),
    )


def _refuse_another_bid(before: Submission, mended: Submission) -> None:
    """Raise Refused where a mended version changes what the recommendation, the round's bids and draws rest on."""
    changed: list[str] = [name for name in KEPT_ENTRIES if getattr(before, name) != getattr(mended, name)]
    changed += [name for name in WHO_STANDS_ASIDE if {*getattr(before, name)} ^ {*getattr(mended, name)}]
    kinds = [
        {unit.code: unit.kind for unit in (version.host, *version.co_builders)}
        for version in (before, mended)
    ]
    if kinds[0] != kinds[1]:
        changed.append("units")
    if changed:
        raise Refused("mended-otherwise", places=", ".join(changed))


def pass_check(state: ApplicationState, command: PassCheck, context: Context) -> tuple[Event, ...]:
    """Find the application lawful; each warning must be ruled on by name, with a reason, where the rules let it be."""
    _refuse_changed(state, command.revision)
    refuse_former(state, CHECK, *context.actor.people)
    open_warnings = warnings_of(state, state.submission, context) if state.submission else ()
    terms = require_terms(context)
    asked = _find_listed((*command.rulings, *open_warnings), terms)
    hard = [ground for ground in asked if not ground.rule]
    if hard:
        raise Refused("ground-not-ruled", grounds=_join_codes(hard))
    unruled = [ground for ground in open_warnings if ground not in command.rulings]
    if unruled:
        raise Refused("missing", place="rulings: " + ", ".join(unruled))
    if command.rulings and command.text is None:
        raise Refused("missing", place="text")
    near = _refuse_unseen(command, context, directions=True, twins=True)
    _refuse_unlisted(state, context)
    return (
        CheckPassed(rulings=command.rulings, text=command.text, directions=near.directions, twins=near.twins),
    )


def fail_check(state: ApplicationState, command: FailCheck, context: Context) -> tuple[Event, ...]:
    """Rule the application out on named grounds."""
    _refuse_changed(state, command.revision)
    refuse_former(state, CHECK, *context.actor.people)
    _find_listed(command.grounds, require_terms(context))
    on_directions, same = (bool(codes.intersection(command.grounds)) for codes in (ON_DIRECTIONS, ON_TWINS))
    near = _refuse_unseen(command, context, directions=on_directions, twins=same)
    return (
        CheckFailed(grounds=command.grounds, text=command.text, directions=near.directions, twins=near.twins),
    )


def _refuse_unseen(
    command: PassCheck | FailCheck, context: Context, *, directions: bool, twins: bool
) -> Likeness:
    """Return what the application comes near to, of what is ruled on. Raises Refused where the act does not name it.

    Who rules has it in view: the act that they sign names all of it.
    """
    found = context.facts.likeness or Likeness()
    near = Likeness(directions=found.directions if directions else (), twins=found.twins if twins else ())
    unseen = (set(near.directions) - set(command.directions), set(near.twins) - set(command.twins))
    if any(unseen):
        texts = (", ".join(sorted(names)) or "-" for names in unseen)
        raise Refused("similar-unseen", **dict(zip(("directions", "applications"), texts, strict=True)))
    return near


def ask_what_is_near(
    state: ApplicationState, actor: Actor, command: PassCheck | FailCheck, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask what the application comes near to."""
    submission, terms = state.submission, facts.terms
    if submission is None or terms is None:
        return FactsRequest()
    asked = FactsRequest(likeness=likeness_of(state, submission, terms.held))
    if not (isinstance(command, PassCheck) and _came_back(state)):
        return asked
    return asked.with_(decision=Decision(stream=f"recommender/{state.round}/{state.unit}", version=0))


def _came_back(state: ApplicationState) -> bool:
    """Tell whether a check of what a unit recommended was made before: what has ended hears of no withdrawal."""
    return bool(state.unit) and state.decisions.count_reversed(CHECK) > 0


def _refuse_unlisted(state: ApplicationState, context: Context) -> None:
    """Raise Refused where the unit took its recommendation back while the check had failed."""
    if not _came_back(state):
        return
    cited = context.facts.cited
    standing: UnitList | None = getattr(cited, "state", None)
    if standing is None or standing.entry(state.number) is None:
        raise Refused("recommendation-withdrawn", unit=state.unit)


def likeness_of(
    state: ApplicationState, submission: Submission, directions: tuple[Named, ...]
) -> LikenessAsked:
    """Return the question what an application comes near to of what its units handed in, and of what is held."""
    return LikenessAsked(
        number=state.number,
        names=tuple(name for name in (submission.name_zh, submission.name_en) if name),
        contents=tuple(ref for ref in (submission.form, submission.public) if ref is not None),
        units=tuple(sorted(submission.employers)),
        agent=state.agent,
        held=directions,
    )


def _refuse_changed(state: ApplicationState, revision: int) -> None:
    if revision != state.revision:
        raise Refused("version-changed", version=str(revision), current=str(state.revision))


def _find_listed(codes: Iterable[str], terms: Terms) -> list[Ground]:
    """Return the grounds of these codes, each once. Raises Refused for a code that the rules do not list."""
    listed = {ground.code: ground for ground in terms.check.every_ground}
    asked = dict.fromkeys(codes)
    if any(code not in listed for code in asked):
        raise Refused("ground-unlisted", listed=", ".join(listed))
    return [listed[code] for code in asked]


def _join_codes(grounds: Iterable[Ground]) -> str:
    return ", ".join(ground.code for ground in grounds)


def wait_for_mending(state: ApplicationState, terms: Terms, facts: Facts) -> Due | None:
    """Return the date given for mending, or to which mending was moved since."""
    if state.until is None:
        return None
    until = end_in_force("mend", state.until, facts.deadlines)
    return Due("mend", until + terms.grace, until, movable=True)


def settle_mending(state: ApplicationState, passed: Due, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Take the application back into the check as it is."""
    return (MendingLapsed(deadline=passed.deadline),)


def ask_about_mended(
    state: ApplicationState, actor: Actor, command: Mend, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask about a mended version, which is held to the form of the version that was sent back, and to its answers."""
    asked = ask_about_version(state, actor, command, at, facts)
    before = get_form(state.submission) if state.submission else None
    return asked.with_(filled=get_form(command.submission).with_(held_to="named"), before=before)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    SendBack: send_back,
    Mend: mend,
    PassCheck: pass_check,
    FailCheck: fail_check,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    SendBack: ask_about_agents,
    Mend: ask_about_mended,
    PassCheck: ask_what_is_near,
    FailCheck: ask_what_is_near,
}

WAITS: dict[str, Wait[ApplicationState]] = {Stage.MENDING: wait_for_mending}

SETTLES: dict[DueName, Settle[ApplicationState]] = {"mend": settle_mending}
