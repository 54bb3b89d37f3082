"""Bad bodies of messages, with which code each kind of stream refuses them, and whether that is recorded.

What names nobody who is registered is counted; what a registered person sent is recorded, whatever it asks.
"""

import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from selection.application import commands as c
from selection.decision.envelope import ENVELOPE_LIMIT
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.recommendation.commands import (
    FreeRecommendation,
    RankRecommendations,
    Recommend,
    WithdrawRecommendation,
)
from selection.round import commands as r
from tests import factories as f
from tests.workflows.support.installation import DAYS, ROUND, TODAY, Installation, application, unit_list
from tests.workflows.support.messages import envelope

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
    `strangers` are acts of nobody who is registered.
    `closing` is an act of `actor` that is done after all the refusals.
    """

    stream: str
    begin: Callable[[Installation], Awaitable[object]]
    plain: dict[str, Any]
    wrong: dict[str, Any]
    keyed: dict[str, Any]
    refused: dict[str, tuple[str, Body]]
    strangers: dict[str, tuple[str, Body]]
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
        keyed={"kind": "submit-review", "scores": {CANARY: CANARY}, "form": asdict(f.review_form())},
        refused={
            "the wrong role": (
                "not-entitled",
                envelope(application(1), c.Withdraw(), f.actor("applicant-2"), "role"),
            ),
            "a role only claimed": (
                "not-entitled",
                envelope(application(1), f.review(), f.actor("expert-1"), "claim"),
            ),
            "the wrong stage": (
                "wrong-stage",
                envelope(application(1), c.PassCheck(revision=1), f.OFFICER, "stage"),
            ),
            "a second time": ("already-done", envelope(application(1), f.submit(), f.APPLICANT, "again")),
        },
        strangers={
            "an unknown person": ("unknown-person", envelope(application(1), c.Withdraw(), NOBODY, "who")),
            "the engine's name": ("not-entitled", envelope(application(1), f.take(), ENGINE, "engine")),
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
        refused={
            "the wrong role": ("not-entitled", envelope(unit_list("unit-1"), PLACED, f.OFFICER, "role")),
            "a role only claimed": (
                "not-entitled",
                envelope(unit_list("unit-1"), PLACED, f.RECOMMENDER, "claim"),
            ),
            "one that is not there": (
                "rank-unclear",
                envelope(unit_list("unit-1"), RankRecommendations(order=(CANARY,)), AGENT, "rank"),
            ),
            "a second time": ("already-done", envelope(unit_list("unit-1"), PLACED, AGENT, "again")),
        },
        strangers={
            "an unknown person": ("unknown-person", envelope(unit_list("unit-1"), PLACED, NOBODY, "who")),
            "the engine's name": (
                "not-entitled",
                envelope(
                    unit_list("unit-1"),
                    FreeRecommendation(application="0001", revision=1, why="ended"),
                    ENGINE,
                    "engine",
                ),
            ),
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
        refused={
            "the wrong role": ("not-entitled", envelope(ROUND, r.RepeatBatch(), AGENT, "role")),
            "a role only claimed": (
                "not-entitled",
                envelope(ROUND, r.RepeatBatch(), f.actor("officer-3", "officer"), "claim"),
            ),
            "the wrong stage": ("wrong-stage", envelope(ROUND, r.IssueList(proposal=1), f.OFFICER, "stage")),
            "a second time": ("round-exists", envelope(ROUND, f.open_round(), f.OFFICER, "again")),
        },
        strangers={
            "an unknown person": (
                "unknown-person",
                envelope(ROUND, r.CancelRound(reason=f.ref()), NOBODY, "who"),
            ),
            "the engine's name": (
                "not-entitled",
                envelope(ROUND, r.ReportBatch(batch="b", touched=1), ENGINE, "engine"),
            ),
        },
        actor=f.OFFICER,
        closing=r.ExtendDeadline(
            cause="organiser",
            name="appraisal",
            until=TODAY + timedelta(days=DAYS["appraisal"] + 1),
            reason=f.ref(),
        ),
    ),
}


def spoil(kind: Kind, command: dict[str, Any], command_id: str = "") -> dict[str, Any]:
    return {
        "stream": kind.stream,
        "command_id": command_id or f"c-{next(NUMBERS)}",
        "actor": kind.actor.model_dump(mode="json"),
        "command": command,
    }


def garbage(kind: Kind) -> dict[str, Body]:
    """Bodies of which no envelope can be read."""
    plain = kind.plain
    return {
        "no bytes": b"",
        "not JSON": f"\xff{CANARY}".encode("latin-1"),
        "cut off": f'{{"command_id": "c", "name": "{CANARY}'.encode(),
        "deeply nested": b"[" * 20_000,
        "a list": json.dumps([CANARY]).encode(),
        "a number of any size": b"1" * 5_000,
        "NUL": json.dumps({"command_id": "nul", "x": f"{CANARY}\0"}).encode(),
        "no command": {"command_id": "none", "actor": f.APPLICANT.model_dump(mode="json")},
        "a person that is a name": {
            **spoil(kind, plain),
            "actor": {"person": f"{CANARY} 王", "role": "applicant"},
        },
        "an unknown role": {**spoil(kind, plain), "actor": {"person": "a-1", "role": CANARY}},
        "a key that is a name": {**spoil(kind, plain), CANARY: 1},
        "a command id with a name": spoil(kind, plain, f"{CANARY} 王"),
        "an engine's command id": spoil(kind, plain, "application/x/1"),
        "a number of any size in a command": json.dumps(spoil(kind, {**plain, "x": 1}))
        .replace('"x": 1', '"x": ' + "1" * 5_000)
        .encode(),
        "a deep command": json.dumps(spoil(kind, {**plain, "x": 1}))
        .replace('"x": 1', '"x": ' + "[" * 10_000 + "]" * 10_000)
        .encode(),
    }


def list_counted_bodies(kind: Kind) -> list[tuple[str, Body]]:
    """Every body that is nobody's act here, with the code that it is refused with; none is recorded."""
    return [
        *(("unreadable", body) for body in garbage(kind).values()),
        ("message-too-large", spoil(kind, {**kind.plain, "x": CANARY * ENVELOPE_LIMIT})),
        ("other-stream", {**spoil(kind, kind.plain), "stream": f"{kind.stream}0"}),
        *kind.strangers.values(),
    ]


def list_refused_bodies(kind: Kind) -> list[tuple[str, Body]]:
    """Every bad act of a registered person with the code that it is refused with; each is recorded."""
    plain = kind.plain
    return [
        ("unreadable", spoil(kind, kind.wrong)),
        ("unreadable", spoil(kind, {**plain, CANARY: CANARY})),
        ("unreadable", spoil(kind, kind.keyed)),
        ("unknown-command", spoil(kind, {"kind": CANARY, "to": CANARY})),
        ("unknown-command", spoil(kind, {"kind": {CANARY: 1}})),
        ("unreadable", json.dumps(spoil(kind, {**plain, "x": 1})).replace('"x": 1', '"x": NaN').encode()),
        *kind.refused.values(),
    ]
