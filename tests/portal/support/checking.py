"""Applications in the legality check of the story's round: some without a fault, one without seals."""

import json
from collections.abc import Sequence

from ledger.record import Ledger
from selection.application import events as a
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf
from selection.streams import application_stream, log_of
from tests.portal.support.acting import FAR
from tests.selection import story
from tests.selection.story import Story

DESK = f"/rounds/{story.ROUND}/checks"
TOGETHER = f"{DESK}/together"
SOUND = ("0060", "0061", "0062")
UNSEALED = "0063"
NAMES = {
    "0060": ("Centre for Stage Machinery Safety", "舞台机械安全技术创新中心"),
    "0061": ("Centre for Mural Restoration", "壁画修复技术创新中心"),
    "0062": ("Centre for Smart Scenic Areas", "智慧景区技术创新中心"),
    "0063": ("Centre for Safety of Stage Machinery", "舞台机械设备技术创新中心"),
}
FIELDS = [item.code for item in story.RULES.fields]


async def tell_checks(ledger: Ledger) -> None:
    """Record applications that wait in the check, each of another host but of one agent."""
    for number, (name, _) in NAMES.items():
        await _record(ledger, _tell(number).leaves)
        # Each has a form of its own: one that two have is a warning.
        answers = json.dumps({"form": f"{number} {name} " * 9}).encode()
        form, of = f"form-of-{number}", story.AGENT.person
        await ledger.contents.put(form, answers, kind="text", media_type="application/json", stored_by=of)


async def tell_changed(ledger: Ledger, number: str, **changed: str) -> None:
    """Record that one of them was handed in anew meanwhile, and waits in the check again."""
    told = _tell(number)
    before = len(told.leaves)
    anew = _hand_in(number, 2)
    told.tell(story.AGENT, anew.with_(submission=anew.submission.with_(**changed)))
    told.tell(SYSTEM, story.make_recommendation(2), a.CheckOpened(deadline=FAR))
    await _record(ledger, told.leaves[before:])


def _tell(number: str) -> Story:
    told = Story(application_stream(story.ROUND, number))
    told.tell(story.AGENT, _hand_in(number, 1))
    return told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=FAR))


def _hand_in(number: str, revision: int) -> a.ApplicationSubmitted:
    place, (english, chinese) = list(NAMES).index(number), NAMES[number]
    handed_in = story.make_application_submitted(revision, f"form-of-{number}")
    host = handed_in.submission.host.with_(code=f"91110000MA000000{place}9")
    changed = {"name_en": english, "name_zh": chinese, "field": FIELDS[place % 2], "host": host}
    seals = {"seals": None} if number == UNSEALED else {}
    return handed_in.with_(submission=handed_in.submission.with_(**changed, **seals))


async def _record(ledger: Ledger, leaves: Sequence[Leaf]) -> None:
    await ledger.record.append(log_of(leaves[0].stream), leaves[0].stream, leaves)
