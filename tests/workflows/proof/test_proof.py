"""Histories of a real server against the record: what is genuine is proven, each untrue story is told by its place.

All is listed, hashed and signed anew after each change, as an insider with the key could: nothing but the
comparison of history, code and record can find it.
"""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History, HistoryEvent

from audit.claims import Claim, Verdict
from audit.history_claims import ALL
from audit.log.verification import Outside
from audit.verify import verify
from runtime.temporal.payloads import payloads_in
from selection.application import commands as c
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import leaf_hash
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from tests import factories as f
from tests.audit.support import bundles as b
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.proof import Material

ONE = application(1)
BJ = unit_list("bj")
TYPES = {
    "answer": EventType.EVENT_TYPE_MARKER_RECORDED,
    "accepted": EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    "answered": EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
    "task": EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
    "timer": EventType.EVENT_TYPE_TIMER_STARTED,
    "attributes": EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
}


async def material(place: Installation) -> Material:
    """A round with two applications, a recommendation, a refused act, and a workflow that continued as new."""
    await place.client.act(ONE, f.submit(), actor=f.APPLICANT, command_id="submit-1")
    await place.client.act(BJ, Recommend(application="0001", revision=1), actor=f.RECOMMENDER)
    with pytest.raises(Refused):
        await place.client.act(ONE, c.PassCheck(revision=1), actor=f.OFFICER)
    await place.client.act(application(2), f.submit(), actor=f.APPLICANT, command_id="submit-2")
    for number in range(31, 61):
        await place.client.act(application(2), f.submit(staff=number), actor=f.APPLICANT)
    return await Material.take(place)


def judge_material(made: Material, folder: Path, **more: Any) -> dict[str, Claim]:
    """The first claim of each code that a bundle made of the material comes to."""
    report = verify(made.write(folder / "round.zip", **more), Outside(b.KEY))
    found: dict[str, Claim] = {}
    for claim in report.claims:
        found.setdefault(claim.code, claim)
    return found


def list_unproven(claims: dict[str, Claim]) -> dict[str, tuple[str, str]]:
    """Finding and point of the claims about histories that are not proven."""
    return {
        code: (claims[code].finding, claims[code].point)
        for code in ALL
        if claims[code].verdict is not Verdict.PROVEN
    }


def event(history: History, kind: str, nth: int = 0) -> HistoryEvent:
    """The n-th event of a kind."""
    return [item for item in history.events if item.event_type == TYPES[kind]][nth]


def edit(payload: Payload, change: Callable[[Any], Any]) -> None:
    """Change a payload's JSON and write it as Temporal's converter would."""
    data = json.loads(payload.data)
    change(data)
    payload.data = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def find_answer(history: History, nth: int = 0) -> Payload:
    """The n-th answer of the record; the first is to the question where the stream stands."""
    return event(history, "answer", nth).marker_recorded_event_attributes.details["result"].payloads[0]


def find_request(history: History, nth: int = 0) -> Payload:
    attributes = event(history, "accepted", nth).workflow_execution_update_accepted_event_attributes
    return attributes.accepted_request.input.args.payloads[0]


def find_outcome(history: History, nth: int = 0) -> Any:
    return event(history, "answered", nth).workflow_execution_update_completed_event_attributes.outcome


def leaf_changed(made: Material, stream: str, version: int, change: Callable[[Any], Any]) -> None:
    """Change an entry, and nothing else."""
    seq = made.entry(stream, version)
    leaf = json.loads(made.entries[seq])
    change(leaf)
    made.entries[seq] = canonical_bytes(leaf)


def change_everywhere(made: Material, stream: str, version: int, change: Callable[[Any], Any]) -> None:
    """Change an entry, and put its new hash wherever a history holds the old one."""
    seq = made.entry(stream, version)
    before = leaf_hash(made.entries[seq]).hex().encode()
    leaf_changed(made, stream, version, change)
    after = leaf_hash(made.entries[seq]).hex().encode()
    for payload in payloads_in(made.history(stream)):
        payload.data = payload.data.replace(before, after)


# --- what an insider might do ---------------------------------------------------------------------------------


def other_receipt(made: Material) -> None:
    edit(find_answer(made.history(ONE)), lambda data: data.update(seq=0))


def other_hash(made: Material) -> None:
    edit(find_answer(made.history(ONE)), lambda data: data.update(hashes=["0" * 64]))


def tell_twice(made: Material) -> None:
    history = made.history(ONE)
    find_answer(history, 1).data = find_answer(history).data


def other_standing(made: Material) -> None:
    edit(find_answer(made.history(ONE)), lambda data: data["standing"].update(until="2020-01-01T00:00:00Z"))


def other_recording(made: Material) -> None:
    edit(find_answer(made.history(ONE)), lambda data: data.update(recorded="2020-01-01T00:00:00Z"))


def tell_other_register(made: Material) -> None:
    edit(find_answer(made.history(ONE)), lambda data: data.update(register_size=1))


def other_answer(made: Material) -> None:
    edit(find_outcome(made.history(ONE)).success.payloads[0], lambda data: data.update(version=7))


def other_refusal(made: Material) -> None:
    failure = next(
        outcome.failure
        for item in made.history(ONE).events
        if (outcome := item.workflow_execution_update_completed_event_attributes.outcome).HasField("failure")
    )
    failure.application_failure_info.type = "late"


def other_act(made: Material) -> None:
    edit(find_request(made.history(ONE)), lambda data: data["command"]["submission"].update(staff=99))


def other_time(made: Material) -> None:
    for item in made.history(ONE).events:
        if item.event_type == TYPES["task"]:
            item.event_time.seconds += 60
            return


def other_timer(made: Material) -> None:
    event(made.history(ONE), "timer").timer_started_event_attributes.start_to_fire_timeout.seconds += 5


def other_attribute(made: Material) -> None:
    attributes = event(made.history(ONE), "attributes").upsert_workflow_search_attributes_event_attributes
    attributes.search_attributes.indexed_fields["SelectionStage"].data = b'"listed"'


def event_gone(made: Material) -> None:
    del made.history(ONE).events[8]


def tail_cut(made: Material) -> None:
    del made.history(ONE).events[12:]


def tail_cut_in_a_chain(made: Material) -> None:
    del made.history(application(2)).events[-1]
    name = next(name for name in made.histories if name[0] == application(2))
    made.closed[name] = False


def swap(made: Material) -> None:
    one, bj = made.history(ONE), made.history(BJ)
    kept = History(events=one.events)
    one.CopyFrom(bj)
    bj.CopyFrom(kept)


def run_left_out(made: Material) -> None:
    del made.histories[next(name for name in made.histories if name[0] == application(2))]


def last_run_left_out(made: Material) -> None:
    del made.histories[[name for name in made.histories if name[0] == application(2)][-1]]


def workflow_left_out(made: Material) -> None:
    del made.histories[next(name for name in made.histories if name[0] == BJ)]


def other_counts(made: Material) -> None:
    """What a run hands on is changed, at its end and at the start of the next."""
    first, second = made.history(application(2)), made.history(application(2), 1)
    ended = first.events[-1].workflow_execution_continued_as_new_event_attributes.input.payloads[0]
    begun = second.events[0].workflow_execution_started_event_attributes.input.payloads[0]
    for payload in (ended, begun):
        edit(payload, lambda data: data["counted"].update(dropped=9))


def entry_changed(made: Material) -> None:
    leaf_changed(made, ONE, 1, lambda leaf: leaf["data"].update(agent="other"))


def change_in_both(made: Material) -> None:
    change_everywhere(made, ONE, 1, lambda leaf: leaf["data"].update(agent="other"))


def other_command_hash(made: Material) -> None:
    change_everywhere(made, ONE, 1, lambda leaf: leaf["data"].update(command_hash="0" * 64))


def other_place_in_the_register(made: Material) -> None:
    """The submission had not seen whom the register names, and the workflow was told so."""
    change_everywhere(made, ONE, 1, lambda leaf: leaf.update(register_size=0))
    edit(find_answer(made.history(ONE)), lambda data: data.pop("register_size"))


def entry_added(made: Material) -> None:
    leaf = json.loads(made.entries[made.entry(ONE, 3)])
    made.entries.append(canonical_bytes({**leaf, "version": 4}))


def entry_gone(made: Material) -> None:
    del made.entries[made.entry(ONE, 3)]


def two_entries_swapped(made: Material) -> None:
    one, other = made.entry(ONE, 1), made.entry(BJ, 1)
    made.entries[one], made.entries[other] = made.entries[other], made.entries[one]


def at(stream: str, find: Callable[[History], HistoryEvent], run: int = 0) -> Callable[[Material], str]:
    """The place of an event of a true history."""

    def place(made: Material) -> str:
        run_id = [name[1] for name in made.histories if name[0] == stream][run]
        return f"{stream}@{run_id}#{find(made.history(stream, run)).event_id}"

    return place


def entry(stream: str, version: int) -> Callable[[Material], str]:
    """The place of an entry."""
    return lambda made: f"{f.ROUND}#{made.entry(stream, version)}"


ANSWERED = at(ONE, lambda history: event(history, "answer"))
SUBMITTED = entry(ONE, 1)
GONE_ON = at(application(2), lambda history: history.events[0], run=1)
UNTRUE: dict[Callable[[Material], None], tuple[str, str, Callable[[Material], str]]] = {
    other_receipt: ("entries-matched", "result-differs", ANSWERED),
    other_hash: ("entries-matched", "entry-differs", ANSWERED),
    tell_twice: ("entries-matched", "entry-told-twice", at(ONE, lambda history: event(history, "answer", 1))),
    other_standing: ("decisions-follow", "answer-differs", ANSWERED),
    other_recording: ("decisions-follow", "answer-differs", ANSWERED),
    tell_other_register: ("decisions-follow", "answer-differs", ANSWERED),
    other_answer: ("histories-agree", "outcome-differs", at(ONE, lambda history: event(history, "answered"))),
    other_refusal: (
        "histories-agree",
        "outcome-differs",
        at(ONE, lambda history: event(history, "answered", 2)),
    ),
    # What a person sent, and when, shows where it is decided again.
    other_act: ("decisions-follow", "decision-differs", SUBMITTED),
    other_time: ("decisions-follow", "decision-differs", SUBMITTED),
    other_timer: ("histories-agree", "timer-differs", at(ONE, lambda history: event(history, "timer"))),
    other_attribute: (
        "histories-agree",
        "attributes-differ",
        at(ONE, lambda history: event(history, "attributes")),
    ),
    # What is gone shows at what follows it, a tail at what is left.
    event_gone: ("histories-kept", "event-skipped", at(ONE, lambda history: history.events[9])),
    tail_cut: ("entries-matched", "beyond-archive", at(ONE, lambda history: history.events[11])),
    tail_cut_in_a_chain: ("histories-chained", "run-before-missing", GONE_ON),
    swap: ("histories-kept", "history-of-another-run", at(ONE, lambda history: history.events[0])),
    run_left_out: ("histories-chained", "run-before-missing", GONE_ON),
    last_run_left_out: (
        "histories-chained",
        "run-after-missing",
        at(application(2), lambda history: history.events[-1]),
    ),
    workflow_left_out: ("entries-matched", "history-not-kept", lambda made: BJ),
    other_counts: (
        "histories-agree",
        "end-differs",
        at(application(2), lambda history: history.events[-1]),
    ),
    entry_changed: ("entries-matched", "entry-differs", ANSWERED),
    change_in_both: ("decisions-follow", "decision-differs", SUBMITTED),
    other_command_hash: ("decisions-follow", "decision-differs", SUBMITTED),
    other_place_in_the_register: ("decisions-follow", "decision-differs", SUBMITTED),
    entry_added: ("entries-matched", "beyond-archive", at(ONE, lambda history: history.events[-1])),
    entry_gone: (
        "entries-matched",
        "event-without-entry",
        at(ONE, lambda history: event(history, "answer", 2)),
    ),
    two_entries_swapped: ("entries-matched", "result-differs", ANSWERED),
}
"""Change -> the claim that tells of it, as what, and at which event of the true history."""


async def test_histories_and_record_tell_the_same_story_or_it_is_said_where_not(
    open_place: Installation, tmp_path: Path
) -> None:
    genuine = await material(open_place)
    whole = await asyncio.to_thread(judge_material, genuine, tmp_path)
    assert list_unproven(whole) == {}
    assert whole["entries-matched"].counted == len(genuine.entries)
    assert len([name for name in genuine.histories if name[0] == application(2)]) > 1
    missed = {}
    for change, (code, finding, place) in UNTRUE.items():
        made = genuine.copy()
        change(made)
        told = list_unproven(await asyncio.to_thread(judge_material, made, tmp_path))
        if told.get(code) != (finding, place(genuine)):
            missed[change.__name__] = told
    assert missed == {}


async def test_bytes_that_are_not_those_that_were_listed_are_refuted(
    open_place: Installation, tmp_path: Path
) -> None:
    await open_place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    made = await Material.take(open_place)
    name = next(name for name in made.histories if name[0] == ROUND)
    other = History.FromString(made.histories[name].SerializeToString())
    # Nothing in the code or in the record depends on it: only the listed hash finds it.
    other.events[1].event_time.seconds += 1
    claims = await asyncio.to_thread(judge_material, made, tmp_path, kept={name: other.SerializeToString()})
    assert {code: finding for code, (finding, _) in list_unproven(claims).items()} == {
        "histories-kept": "history-differs",
        **dict.fromkeys(
            ("histories-chained", "histories-replay", "histories-agree", "entries-matched"),
            "history-not-kept",
        ),
        "decisions-follow": "act-not-held",
    }
    claims = await asyncio.to_thread(judge_material, made, tmp_path, kept={name: b"\xff\xff"})
    assert list_unproven(claims)["histories-kept"][0] == "history-differs"
    assert list_unproven(claims)["entries-matched"][0] == "history-not-kept"
