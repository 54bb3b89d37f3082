"""What a unit recommended on paper counts by the day on which it was sent, as long as the rules wait for it."""

from datetime import date, timedelta
from typing import Any

import pytest

from selection.application import commands as c
from selection.carry.to_application import command_for
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Role
from selection.kernel.day_clock import day_of
from selection.kernel.proof import Ed25519Signature, Proof, Second, Signed
from selection.kernel.stages import Outcome, Stage
from selection.letters.writing import Letter
from selection.recommendation import events as e
from selection.recommendation.commands import RecommendOnPaper, WithdrawRecommendation
from selection.refusals.refused import Refused
from tests import factories as f
from tests.desk import last_of
from tests.whole_round import LoggedDesk, WholeRound

HOUR = timedelta(hours=1)
LAST = f.RULES.calendar.recommendation
DEADLINE = f.deadline("recommendation")
assert LAST is not None
UNIT = f.actor("recommender-1", "recommender")


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


def make_withdrawn_round() -> WholeRound:
    """A round after its deadline: the unit recommended the application online, and took it off within the day."""
    made = WholeRound(f.rules(panel=f.SMALL_PANEL, days={"paper": 5}), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    made.now += HOUR
    withdraw(made)
    made.wait(DEADLINE + 2 * f.DAY)
    return made


def withdraw(made: WholeRound) -> None:
    """Have the unit take the application off its list, and the application know."""
    the_list(made).act(WithdrawRecommendation(application="0001"), UNIT)
    made.app("0001").carry(last_of(the_list(made)))


def enter(made: WholeRound, **changes: Any) -> None:
    """Enter what came on paper, and tell the application, whose check opens."""
    the_list(made).act(on_paper(**changes), f.OFFICER)
    made.app("0001").carry(last_of(the_list(made)))
    made.app("0001").wait(made.now)


def day(made: WholeRound, days: int = 0) -> date:
    """The day on which the application came in, or days after it."""
    return day_of(made.rules.clock, f.OPENED + (1 + days) * f.DAY)


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
    assert the_list(made).refuse(online, f.actor("recommender-1", "recommender")) == "late"
    assert the_list(made).refuse(recommend, f.actor("recommender-1", "recommender")) == "not-entitled"
    assert the_list(made).refuse(on_paper(), f.SUPERVISOR) == "not-entitled"


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
    assert the_list(waiting()).refuse(body, f.OFFICER) == code


def test_what_comes_when_the_rules_wait_no_longer_is_too_late() -> None:
    made = waiting()
    end = DEADLINE + 5 * f.DAY
    made.wait(end - HOUR)
    assert made.app("0001").state.stage is Stage.SUBMITTED
    made.wait(end)
    state = made.app("0001").state
    assert (state.stage, state.outcome) == (Stage.ENDED, Outcome.NOT_RECOMMENDED.value)
    assert the_list(made).refuse(on_paper(), f.OFFICER) == "late"


def test_rules_that_wait_for_no_paper_take_none() -> None:
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    sent = day_of(made.rules.clock, made.now)
    assert the_list(made).refuse(on_paper(sent=sent), f.OFFICER) == "no-paper"
    assert "paper" not in made.rules.model_dump(mode="json")["days"]


def test_the_quota_holds_on_paper_too() -> None:
    made = waiting()
    for number in ("0002", "0003", "0004"):
        made.app(number)
    for number in ("0001", "0002"):
        the_list(made).act(on_paper(application=number), f.OFFICER)
    assert the_list(made).refuse(on_paper(application="0003"), f.OFFICER) == "quota-full"


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


def test_what_a_unit_took_back_nobody_enters_from_an_older_paper() -> None:
    made = make_withdrawn_round()
    assert the_list(made).refuse(on_paper(sent=day(made)), f.OFFICER) == "withdrawn-since"
    # What it sent later is its last word.
    enter(made, sent=day(made, 1))
    assert made.app("0001").state.stage is Stage.CHECKING


def test_a_unit_takes_off_what_was_entered_for_it_until_the_list_closes() -> None:
    made = waiting()
    enter(made)
    made.wait(made.now + f.DAY)
    withdraw(made)
    state = made.app("0001").state
    assert (state.stage, state.outcome) == (Stage.ENDED, Outcome.NOT_RECOMMENDED.value)
    assert the_list(made).refuse(on_paper(), f.OFFICER) == "withdrawn-since"


def test_after_the_deadline_a_unit_takes_off_nothing_of_its_own_nor_after_the_list_is_closed() -> None:
    command = WithdrawRecommendation(application="0001")
    made = WholeRound(f.rules(panel=f.SMALL_PANEL, days={"paper": 5}), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    made.wait(DEADLINE + 2 * f.DAY)
    assert the_list(made).refuse(command, UNIT) == "late"
    made = waiting()
    enter(made)
    made.wait(DEADLINE + 5 * f.DAY)
    assert the_list(made).refuse(command, UNIT) == "late"


def test_a_paper_that_is_older_than_the_version_recommends_nothing() -> None:
    made = waiting()
    the_list(made).act(on_paper(sent=day(made, -1)), f.OFFICER)
    with pytest.raises(Refused, match="sent-before-version"):
        made.app("0001").carry(last_of(the_list(made)))
    the_list(made).carry(last_of(made.app("0001")))
    assert the_list(made).leaves[-1].data["code"] == "sent-before-version"
    # On the day itself the paper may be the later of the two.
    enter(made, sent=day(made))


def test_who_is_bound_to_the_application_enters_no_paper_for_it() -> None:
    made = waiting()
    made.register(made.people["officer-1"].with_(employer=f.HOST))
    the_list(made).act(on_paper(), f.OFFICER)
    with pytest.raises(Refused, match="same-employer"):
        made.app("0001").carry(last_of(the_list(made)))


def test_who_signs_a_paper_s_entry_as_the_second_is_not_bound_either() -> None:
    made = waiting()
    the_list(made).act(on_paper(), f.OFFICER)
    cited = made.facts("application/r/0001", FactsRequest(decision=last_of(the_list(made)))).cited
    assert cited is not None
    assert cited.leaf is not None
    proof = Proof(
        installation="i",
        issued=made.now,
        expires=made.now,
        signature=Ed25519Signature(key="k" * 16, signature=""),
    )
    signed = Signed(proof=proof, second=Second(person="officer-2", proof=proof))
    told = Facts(cited=cited.with_(leaf=cited.leaf.with_(signed=signed)))
    command = command_for(made.app("0001").state, told)
    assert isinstance(command, c.TakeRecommendation)
    assert command.entered == ("officer-1", "officer-2")


def test_no_panel_is_drawn_while_a_unit_may_disown_what_was_entered_for_it() -> None:
    made = waiting()
    enter(made)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.look()
    with pytest.raises(Refused, match="paper-awaited"):
        made.commit("main")
    made.wait(DEADLINE + 5 * f.DAY)
    made.commit("main")
