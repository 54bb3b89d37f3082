"""A workflow that is kept, and one that moves before every message and is seldom kept: the same record.

One whole round, from the sealed call to the issued list, with acts in flight at once at every stage.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import pytest

from runtime.endpoints import Endpoints
from selection.decision.aggregate import EVENTS
from tests.workflows.support.acting import Mode, stage
from tests.workflows.support.histories import compare_all, streams_of
from tests.workflows.support.installation import Installation, application, installation
from tests.workflows.support.listing_acts import whole_round
from workflows.catalogue import WORKFLOWS

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
Told = dict[str, list[tuple[str, Any]]]


def plain(data: Any) -> Any:
    """The data without instants, and without the salted hashes of contents that each installation makes anew."""
    if isinstance(data, dict):
        made_here = str(data.get("id", "")).startswith("draw-")
        return {key: "" if made_here and key == "sha256" else plain(item) for key, item in data.items()}
    if isinstance(data, list):
        return [plain(item) for item in data]
    return INSTANT.sub("AT", data) if isinstance(data, str) else data


async def record_of(place: Installation) -> Told:
    """Types and data of every stream, in order."""
    told: Told = {}
    for stream in await streams_of(place):
        entries = await place.ledger.reading.stream_entries(stream)
        told[stream] = [(entry.leaf.type, plain(entry.leaf.data)) for entry in entries]
    return told


async def run_in(servers: Endpoints, mode: Mode, workflows: Sequence[type] = WORKFLOWS) -> tuple[Told, Any]:
    """Send all acts in a mode; return record and answers, after the histories were held against the record."""
    async with installation(servers) as place, stage(place, mode, workflows) as acting:
        await whole_round(acting, place)
        await compare_all(place)
        return await record_of(place), plain(acting.answers)


WARM: dict[str, Any] = {}
ENDS = ["application.listed.v1", "application.listed.v1", "application.check-failed.v1"]
NOT_IN_THE_STORY = {
    *(
        "round.cancelled.v1",
        "application.cancelled.v1",
        "round.batch-repeated.v1",
        "round.outage-recorded.v1",
        "round.post-changed.v1",
        "round.post-change-entered.v1",
        "round.post-change-declined.v1",
        "round.post-delegated.v1",
        "round.delegation-ended.v1",
        "round.amendment-entered.v1",
        "round.amendment-agreed.v1",
        "round.amendment-declined.v1",
        "round.rules-amended.v1",
    ),
    *("application.given-up.v1", "application.ruled-out.v1", "application.not-reviewed.v1"),
    *("fraud.reported.v1", "fraud.ruled.v1", "integrity.stop-lifted.v1", "round.items-left.v1"),
    *("round.places-filled.v1", "round.call-opened.v1", "round.proposal-returned.v1"),
    *("decision.reversal-entered.v1", "decision.reversed.v1", "conflict.reopened.v1"),
    "decision.reversal-declined.v1",
    "integrity.reversal-declined.v1",
    *("integrity.reversal-entered.v1", "integrity.reversed.v1", "application.agent-replaced.v1"),
    *("review-request.panel-ordered.v1", "review-request.panel-reviewed.v1"),
    *("objection.reopened.v1", "objection.withdrawn.v1"),
    *("panel.lowered.v1", "panel.settlement-entered.v1", "panel.chair-replaced.v1", "person.tie-declared.v1"),
    *("lobbying.reported.v1", "lobbying.ruled.v1"),
    *("review-request.made.v1", "review-request.deciders-appointed.v1", "review-request.finding-entered.v1"),
    *("review-request.decided.v1", "review-request.remedied.v1"),
    *("application.reminded.v1", "round.reminded.v1"),
    *("application.lapsed.v1", "application.mending-lapsed.v1", "list.never-opened.v1", "list.ranked.v1"),
    *("application.not-shortlisted.v1", "application.in-reserve.v1", "application.not-selected.v1"),
    *("application.removed.v1", "conflict.declared.v1", "conflict.found.v1", "histories.archived.v1"),
    *("judge.activity-changed.v1", "approval.voided.v1", "house-tie.dismissed.v1"),
    *("application.co-building-confirmed.v1", "review.corrected.v1", "papers.recorded.v1"),
    *("round.form-amended.v1", "application.form-changed.v1", "application.work-form-changed.v1"),
    *(
        "person.registered.v1",
        "installation.founded.v1",
        "draw.voided.v1",
        "survey.left-out.v1",
        "appraisal.left-out.v1",
        "notice.left-out.v1",
        "code.renewed.v1",
        "portals.named.v1",
        "signer.invited.v1",
        "code.missed.v1",
        "key.ended.v1",
        "key.enrolled.v1",
        "key.revoked.v1",
        "person.erased.v1",
        "letter.settled.v1",
        "log.restored.v1",
        "message.refused.v1",
        "unit.registered.v1",
    ),
}
"""What happens in no mode but cached, the last line in the installation's log: docs/decisions/0022 says why that is
enough.
"""


def first_differences(one: Told, other: Told) -> dict[str, tuple[Any, ...]]:
    """Where the streams of two records part, by stream: the index, and what each holds there."""
    parted: dict[str, tuple[Any, ...]] = {}
    for stream in sorted(one.keys() | other.keys()):
        pairs = enumerate(zip_longest(one.get(stream, ()), other.get(stream, ())))
        found = next(((index, *pair) for index, pair in pairs if pair[0] != pair[1]), None)
        if found:
            parted[stream] = found
    return parted


@pytest.mark.parametrize("mode", list(Mode))
async def test_the_record_and_the_answers_are_the_same(servers: Endpoints, mode: Mode) -> None:
    if not WARM:
        WARM["told"], WARM["answers"] = await run_in(servers, Mode.CACHED)
        reached = {type_ for told in WARM["told"].values() for type_, _ in told}
        assert reached == set(EVENTS) - NOT_IN_THE_STORY
        assert [WARM["told"][application(number)][-1][0] for number in (1, 2, 3)] == ENDS
    if mode is not Mode.CACHED:
        told, answers = await run_in(servers, mode)
        assert first_differences(WARM["told"], told) == {}
        assert answers == WARM["answers"]
