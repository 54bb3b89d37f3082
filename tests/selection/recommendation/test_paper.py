"""What a unit recommended on paper counts by the day on which it was sent, as long as the rules wait for it."""

from datetime import timedelta
from typing import Any

import pytest

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.day_clock import day_of
from selection.kernel.stages import Outcome, Stage
from selection.letters.writing import Letter
from selection.recommendation import events as e
from selection.recommendation.commands import RecommendOnPaper
from selection.refusals.refused import Refused
from tests import factories as f
from tests.desk import last_of
from tests.whole_round import LoggedDesk, WholeRound

HOUR = timedelta(hours=1)
LAST = f.RULES.calendar.recommendation
DEADLINE = f.deadline("recommendation")
assert LAST is not None


def waiting(*others: str) -> WholeRound:
    """A round after its deadline, with one application that nobody recommended yet, and others like it."""
    made = WholeRound(f.rules(panel=f.SMALL_PANEL, days={"paper": 5}), list(f.people().values()))
    made.now += f.DAY
    for number in ("0001", *others):
        made.app(number).act(f.submit(), f.APPLICANT)
    made.wait(DEADLINE + 2 * f.DAY)
    return made


def on_paper(**changes: Any) -> RecommendOnPaper:
    told = {"application": "0001", "revision": 1, "agent": "recommender-1", "sent": LAST}
    return RecommendOnPaper.model_validate({**told, "evidence": (f.ref("evidence"),), **changes})


def the_list(made: WholeRound) -> LoggedDesk:
    return made.desk(f"recommender/{f.ROUND}/bj")


def test_what_was_sent_on_the_last_day_counts_when_it_is_entered_days_later() -> None:
    made = waiting()
    (listed,) = the_list(made).act(on_paper(), f.OFFICER)
    assert isinstance(listed, e.ApplicationRecommended)
    assert (listed.agent, listed.sent, len(listed.evidence)) == ("recommender-1", LAST, 1)
    (letter,) = [item for item in the_list(made).sent if isinstance(item, Letter)]
    assert (letter.to, letter.template) == ("recommender-1", "recommended-on-paper")
    made.app("0001").carry(last_of(the_list(made)))
    made.app("0001").wait(made.now)
    state = made.app("0001").state
    assert (state.stage, state.recommended_by) == (Stage.CHECKING, "recommender-1")
    # Whoever entered it may check it: nobody but the agent recommended it.
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)


def test_nothing_but_paper_is_taken_after_the_deadline() -> None:
    made = waiting()
    recommend = on_paper().model_dump(mode="json")
    online = {"kind": "recommend", "application": "0001", "revision": 1}
    assert the_list(made).refused(online, f.actor("recommender-1", "recommender")) == "late"
    assert the_list(made).refused(recommend, f.actor("recommender-1", "recommender")) == "not-entitled"
    assert the_list(made).refused(on_paper(), f.SUPERVISOR) == "not-entitled"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sent": LAST + timedelta(days=1)}, "late"),
        ({"sent": LAST + timedelta(days=30)}, "unknown-value"),
        ({"agent": "recommender-2"}, "unknown-value"),
        ({"agent": "officer-1"}, "unknown-value"),
        ({"evidence": ()}, "unreadable"),
    ],
)
def test_what_was_sent_late_by_others_or_without_evidence_is_refused(
    changes: dict[str, Any], code: str
) -> None:
    body = {
        **on_paper().model_dump(mode="json"),
        **{k: str(v) if k == "sent" else v for k, v in changes.items()},
    }
    assert the_list(waiting()).refused(body, f.OFFICER) == code


def test_what_comes_when_the_rules_wait_no_longer_is_too_late() -> None:
    made = waiting()
    end = DEADLINE + 5 * f.DAY
    made.wait(end - HOUR)
    assert made.app("0001").state.stage is Stage.SUBMITTED
    made.wait(end)
    state = made.app("0001").state
    assert (state.stage, state.outcome) == (Stage.ENDED, Outcome.NOT_RECOMMENDED.value)
    assert the_list(made).refused(on_paper(), f.OFFICER) == "late"


def test_rules_that_wait_for_no_paper_take_none() -> None:
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    sent = day_of(made.rules.clock, made.now)
    assert the_list(made).refused(on_paper(sent=sent), f.OFFICER) == "no-paper"
    assert "paper" not in made.rules.model_dump(mode="json")["days"]


def test_the_quota_holds_on_paper_too() -> None:
    made = waiting()
    for number in ("0002", "0003", "0004"):
        made.app(number)
    for number in ("0001", "0002"):
        the_list(made).act(on_paper(application=number), f.OFFICER)
    assert the_list(made).refused(on_paper(application="0003"), f.OFFICER) == "quota-full"


def test_what_the_application_does_not_take_is_told_to_the_officer_who_entered_it() -> None:
    made = waiting()
    the_list(made).act(on_paper(revision=2), f.OFFICER)
    with pytest.raises(Refused, match="version-changed"):
        made.app("0001").carry(last_of(the_list(made)))
    refused = last_of(made.app("0001"))
    the_list(made).carry(refused)
    last = the_list(made).leaves[-1]
    assert (last.type, last.data["kind"], last.actor.role) == (
        "act.refused.v1",
        "recommend-on-paper",
        Role.OFFICER,
    )
