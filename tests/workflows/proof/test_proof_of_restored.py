"""A log that lost entries: what a person chose about it is said, and nothing that was given up counts as proven."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from selection.kernel.canonical import canonical_bytes
from tests import factories as f
from tests.workflows.proof.test_proof import ONE, judge_material, list_unproven
from tests.workflows.support.installation import Installation
from tests.workflows.support.proof import Material


def say_choice(made: Material, **choice: Any) -> None:
    """Put a choice about the round's log into the installation's."""
    last = json.loads(made.people[-1])
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    data = {"target": f.ROUND, "choice": "go-on", "size": len(made.entries), "lost": 1, "contents": []}
    leaf = {
        **last,
        "type": "log.restored.v1",
        "version": last["version"] + 1,
        "at": at,
        "recorded": at,
        "data": {**data, **choice, "command_id": "reconcile-1"},
    }
    made.people.append(canonical_bytes(leaf))


async def test_what_a_person_gave_up_is_named_and_what_nobody_gave_up_is_refuted(
    open_place: Installation, tmp_path: Path
) -> None:
    await open_place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    await open_place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT)
    whole = await Material.take(open_place)

    async def judge_choice(**choice: Any) -> dict[str, str]:
        made = whole.copy()
        del made.entries[-1]
        if choice:
            say_choice(made, **choice)
        found = list_unproven(await asyncio.to_thread(judge_material, made, tmp_path))
        return {code: finding for code, (finding, _) in found.items()}

    assert await judge_choice() == {"entries-matched": "event-without-entry"}
    assert await judge_choice(choice="go-on") == {"entries-matched": "given-up"}
    for other in ({"choice": "repair"}, {"target": "another-round"}, {"size": len(whole.entries)}):
        assert await judge_choice(**other) == {"entries-matched": "event-without-entry"}
