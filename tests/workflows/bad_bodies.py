"""Bad bodies of messages, and with which code each kind of stream refuses them."""

import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from selection.actor import Actor
from selection.application import commands as c
from selection.messages import ENVELOPE_LIMIT
from selection.model import Frozen
from selection.recommendation.decide import (
    FreeRecommendation,
    RankRecommendations,
    Recommend,
    WithdrawRecommendation,
)
from selection.round import commands as r
from tests import factories as f
from tests.workflows.installation import DAYS, ROUND, TODAY, Installation, application, unit_list
from tests.workflows.messages import envelope

CANARY = "Canary-Wang"
NUMBERS = itertools.count(1)
Body = bytes | dict[str, Any]
AGENT = f.actor("recommender-2")
NOBODY = f.actor("nobody-1", "applicant")
ENGINE = f.actor("system", "system")
PLACED = Recommend(application="0001", revision=1)


@dataclass(frozen=True)
class Kind:
    """A kind of stream: how one begins, what it takes, and what it refuses for its own reasons.

    `plain` is a command with nothing wrong in it, `wrong` has values of other types, `keyed` a key that is a name.
    `closing` is an act of `actor` that is done after all the refusals.
    """

    stream: str
    begin: Callable[[Installation], Awaitable[object]]
    plain: dict[str, Any]
    wrong: dict[str, Any]
    keyed: dict[str, Any]
    others: dict[str, tuple[str, Body]]
    actor: Actor
    closing: Frozen


async def submit(place: Installation) -> None:
    await place.client.act(application(1), f.submit(), actor=f.APPLICANT, command_id="submit-1")


async def recommend(place: Installation) -> None:
    await submit(place)
    await place.client.act(unit_list("unit-1"), PLACED, actor=AGENT)


async def nothing(place: Installation) -> None:
    """The round is open."""


KINDS = {
    "an application": Kind(
        stream=application(1),
        begin=submit,
        plain={"kind": "withdraw"},
        wrong={"kind": "submit", "submission": CANARY},
        keyed={"kind": "submit-review", "scores": {CANARY: CANARY}, "text": asdict(f.ref())},
        others={
            "the wrong role": ("not-entitled", envelope(c.Withdraw(), f.actor("applicant-2"), "role")),
            "a role only claimed": ("not-entitled", envelope(f.review(), f.actor("expert-1"), "claim")),
            "an unknown person": ("not-entitled", envelope(c.Withdraw(), NOBODY, "who")),
            "the engine's name": ("not-entitled", envelope(f.take(), ENGINE, "engine")),
            "the wrong stage": ("wrong-stage", envelope(c.PassCheck(revision=1), f.OFFICER, "stage")),
            "a second time": ("already-done", envelope(f.submit(), f.APPLICANT, "again")),
        },
        actor=f.APPLICANT,
        closing=f.submit(priority="frontier"),
    ),
    "a list": Kind(
        stream=unit_list("unit-1"),
        begin=recommend,
        plain=WithdrawRecommendation(application="0001").model_dump(mode="json"),
        wrong={"kind": "recommend", "application": [CANARY], "revision": CANARY},
        keyed={"kind": "rank-recommendations", "order": {CANARY: CANARY}},
        others={
            "the wrong role": ("not-entitled", envelope(PLACED, f.OFFICER, "role")),
            "a role only claimed": ("not-entitled", envelope(PLACED, f.RECOMMENDER, "claim")),
            "an unknown person": ("not-entitled", envelope(PLACED, NOBODY, "who")),
            "the engine's name": (
                "not-entitled",
                envelope(FreeRecommendation(application="0001", revision=1, why="ended"), ENGINE, "engine"),
            ),
            "one that is not there": (
                "rank-unclear",
                envelope(RankRecommendations(order=(CANARY,)), AGENT, "rank"),
            ),
            "a second time": ("already-done", envelope(PLACED, AGENT, "again")),
        },
        actor=AGENT,
        closing=WithdrawRecommendation(application="0001"),
    ),
    "a round": Kind(
        stream=ROUND,
        begin=nothing,
        plain=r.RepeatBatch().model_dump(mode="json"),
        wrong={"kind": "propose", "items": CANARY},
        keyed={"kind": "fix-shortlist", "add": {CANARY: CANARY}},
        others={
            "the wrong role": ("not-entitled", envelope(r.RepeatBatch(), AGENT, "role")),
            "a role only claimed": (
                "not-entitled",
                envelope(r.RepeatBatch(), f.actor("officer-3", "officer"), "claim"),
            ),
            "an unknown person": ("not-entitled", envelope(r.CancelRound(reason=f.ref()), NOBODY, "who")),
            "the engine's name": (
                "not-entitled",
                envelope(r.ReportBatch(batch="b", touched=1), ENGINE, "engine"),
            ),
            "the wrong stage": ("wrong-stage", envelope(r.IssueList(proposal=1), f.OFFICER, "stage")),
            "a second time": ("round-exists", envelope(f.open_round(), f.OFFICER, "again")),
        },
        actor=f.OFFICER,
        closing=r.ExtendDeadline(
            name="appraisal", until=TODAY + timedelta(days=DAYS["appraisal"] + 1), reason=f.ref()
        ),
    ),
}


def spoiled(command: dict[str, Any], command_id: str = "") -> dict[str, Any]:
    return {
        "command_id": command_id or f"c-{next(NUMBERS)}",
        "actor": f.APPLICANT.model_dump(mode="json"),
        "command": command,
    }


def unreadable(kind: Kind) -> dict[str, Body]:
    """Bodies of which no act can be read."""
    plain = kind.plain
    return {
        "no bytes": b"",
        "not JSON": f"\xff{CANARY}".encode("latin-1"),
        "cut off": f'{{"command_id": "c", "name": "{CANARY}'.encode(),
        "deeply nested": b"[" * 40_000,
        "a list": json.dumps([CANARY]).encode(),
        "a number of any size": b"1" * 5_000,
        "NUL": json.dumps({"command_id": "nul", "x": f"{CANARY}\0"}).encode(),
        "no command": {"command_id": "none", "actor": f.APPLICANT.model_dump(mode="json")},
        "a person that is a name": {
            **spoiled(plain),
            "actor": {"person": f"{CANARY} 王", "role": "applicant"},
        },
        "an unknown role": {**spoiled(plain), "actor": {"person": "a-1", "role": CANARY}},
        "a key that is a name": {**spoiled(plain), CANARY: 1},
        "a command id with a name": spoiled(plain, f"{CANARY} 王"),
        "wrong types": spoiled(kind.wrong),
        "a key in a command": spoiled({**plain, CANARY: CANARY}),
        "a key of a mapping": spoiled(kind.keyed),
        "an engine's command id": spoiled(plain, "application/x/1"),
    }


def refused_bodies(kind: Kind) -> list[tuple[str, Body]]:
    """Every bad body with the code that it is refused with."""
    return [
        *(("unreadable", body) for body in unreadable(kind).values()),
        ("unknown-command", spoiled({"kind": CANARY, "to": CANARY})),
        ("unknown-command", spoiled({"kind": {CANARY: 1}})),
        ("message-too-large", spoiled({**kind.plain, "x": CANARY * ENVELOPE_LIMIT})),
        *kind.others.values(),
    ]
