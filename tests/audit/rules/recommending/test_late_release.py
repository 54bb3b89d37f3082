"""A sound round that looks odd: its check opened, an outage moved the deadline, and a withdrawal came in time."""

from datetime import timedelta
from pathlib import Path

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.application.commands import ReleaseRecommendation
from selection.recommendation.commands import WithdrawRecommendation
from selection.streams import recommender_stream
from tests import factories as f
from tests.bundling import write_bundle
from tests.whole_round import WholeRound

HOUR = timedelta(hours=1)


def test_whose_check_had_opened_ends_by_the_deadline_of_then(tmp_path: Path) -> None:
    made = WholeRound(f.RULES, f.people().values())
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    old = f.deadline("recommendation")
    made.now = f.deadline("submission")
    made.round.settle()
    made.now = old + HOUR
    made.app("0001").settle()
    made.round.act(f.outage(old - HOUR, old + HOUR), f.OFFICER, made.now)
    made.now += HOUR
    withdrawn = WithdrawRecommendation(application="0001")
    made.desk(recommender_stream(f.ROUND, "bj")).act(withdrawn, f.RECOMMENDER)
    made.app("0001").act(ReleaseRecommendation(unit="bj"))
    assert made.app("0001").leaves[-1].data["deadline"] == old.isoformat().replace("+00:00", "Z")
    with Bundle(write_bundle(tmp_path / "round.zip", made)) as bundle:
        claims = list(outcome_claims(bundle))
    assert [claim for claim in claims if claim.verdict is Verdict.REFUTED] == []
