"""A round of one application up to its draw, for what is tried on draws: told in some milliseconds."""

from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path

from audit.bundle.reader import Bundle
from audit.claims import Claim
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c
from tests import factories as f
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

DAY = timedelta(days=1)


LADDER = {"after": [1], "officer": 3, "supervisor": 7, "days": 10}


def before_the_draw(experts: int, *, ladder: bool = False) -> WholeRound:
    """The round with a pool of so many experts, up to 24; a copy to go on with. With `ladder` people are reminded."""
    with pause_counting():
        return deepcopy(_make_round(experts, ladder))


def before_the_check(experts: int, *, ladder: bool = False) -> WholeRound:
    """The same before its application is checked."""
    with pause_counting():
        return _make_intake(experts, ladder)


@cache
def _make_round(experts: int, ladder: bool) -> WholeRound:
    made = _make_intake(experts, ladder)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.look()
    return made


def _make_intake(experts: int, ladder: bool) -> WholeRound:
    pool = {f.expert(number) for number in range(1, experts + 1)}
    people = [item for item in f.people().values() if "expert" not in item.roles or item.person in pool]
    made = WholeRound(f.rules(panel=f.SMALL_PANEL, ladder=LADDER if ladder else None), people)
    made.now += DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    made.wait(f.deadline("recommendation") + DAY)
    return made


def judge_round(folder: Path, made: WholeRound) -> dict[str, Claim]:
    """The claims about a round, by code."""
    with Bundle(write_bundle(folder / "round.zip", made)) as bundle:
        return {claim.code: claim for claim in outcome_claims(bundle)}
