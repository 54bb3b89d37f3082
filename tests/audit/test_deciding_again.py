"""Entries decided again: what was asked, when, and with which facts leaves no other entry."""

import json
from collections.abc import Callable
from copy import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from activities.messages import Answer, DecideRequest
from audit.claims import Difference, refute
from audit.histories.messages import Exchange, Message
from audit.report.sentences import say_finding
from selection.application.submission import Submission
from selection.decision.envelope import Envelope
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import leaf_bytes, leaf_hash
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.tampering import Log, drop, move, place, point, with_data, with_frame
from tests.chance.acting import CLIMBING
from tests.chance.rounds import RandomRound
from tests.round_story import tell_round, tell_signed_round
from tests.rounds.intake_rules import keep_fund

pytestmark = pytest.mark.long

Item = tuple[str, Exchange]
ROUND = f"round/{f.ROUND}"
SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.bulk) for seed in range(2, 12))]


def test_every_entry_of_a_round_follows(tmp_path: Path) -> None:
    made = tell_round()
    again = decide_again(tmp_path, made)
    assert findings(again) == []
    assert (again.counted, again.again) == (len(made.log), set())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_entry_of_a_round_led_by_chance_follows(tmp_path: Path, seed: int) -> None:
    made = RandomRound(seed, **CLIMBING).run()
    assert findings(decide_again(tmp_path, made)) == []


class Rewriting(RandomRound):
    """A round in which what is sent back comes with other funds."""

    def _change_submission(self, submission: Submission) -> Submission:
        return submission.with_(fund_yuan=Decimal(77))


def test_a_refusal_of_what_stays_in_mending_follows(tmp_path: Path) -> None:
    rounds = (Rewriting(seed, forms={"application": keep_fund()}).run() for seed in range(32))
    made = next(made for made in rounds if any(leaf.data.get("code") == "answers-kept" for leaf in made.log))
    assert findings(decide_again(tmp_path, made)) == []


def test_a_reminder_that_was_left_out_is_missed(tmp_path: Path) -> None:
    made = RandomRound(3, **CLIMBING).run()
    at = next(seq for seq, leaf in enumerate(made.log) if leaf.type == "round.reminded.v1")
    people = [item for item in made.asked if _by_person(item[1])]
    again = decide_again(tmp_path, made, log=drop(made.log, at), asked=people)
    assert "decision-differs" in {why for why, _ in findings(again)}


# --- another log ----------------------------------------------------------------------------------------------


def _answer_with(log: Log) -> list[Item]:
    """What was asked, with the answers that fit another log: an insider changes both."""
    made, items = tell_round(), []
    bodies = [leaf_bytes(leaf) for leaf in log]
    places = {(leaf.stream, leaf.version): seq for seq, leaf in enumerate(log)}
    for stream, item in made.asked:
        answer = Answer.model_validate_json(item.answer)
        seq = places[stream, answer.first]
        last = log[seq + len(answer.hashes) - 1]
        hashes = tuple(leaf_hash(body).hex() for body in bodies[seq : seq + len(answer.hashes)])
        fitted = answer.model_copy(
            update={
                "seq": seq,
                "hashes": hashes,
                "recorded": last.recorded,
                "register_size": last.register_size,
            }
        )
        items.append((stream, item._replace(answer=fitted.model_dump_json().encode())))
    return items


def _of(type_: str, number: str = "", **data: Any) -> Callable[[Log], int]:
    return lambda log: place(log, type_, number, **data)


CHANGED: dict[str, tuple[Callable[[Log], int], dict[str, Any]]] = {
    "a score": (_of("review.submitted.v1", "0001"), {"total": "1"}),
    "who sits": (_of("panel.seated.v1", "0001"), {"lot": "0" * 64}),
    "a rank": (_of("application.shortlisted.v1", "0001"), {"rank": 2}),
    "counts": (_of("round.stage-finished.v1"), {"counts": {"checking": 1}}),
    "what stood where": (_of("round.proposed.v1"), {"ranking": []}),
    "a quota's list": (_of("list.recommended.v1", "bj"), {"agent": "agent-sh"}),
    "why a seat is empty": (_of("panel.seat-vacated.v1", "0003"), {"why": "conflict"}),
    "a command's hash": (_of("application.submitted.v1", "0002"), {"command_hash": "0" * 64}),
    "when content was stored": (_of("application.submitted.v1", "0001"), {"stored_before": None}),
    "a deadline": (_of("round.intake-closed.v1"), {"deadline": "2020-01-01T00:00:00Z"}),
    "a refusal's code": (_of("act.refused.v1", "0009"), {"code": "late"}),
}


@pytest.mark.parametrize("name", CHANGED)
def test_an_entry_that_says_something_else_does_not_follow(tmp_path: Path, name: str) -> None:
    find, data = CHANGED[name]
    at = find(tell_round().log)
    log = with_data(tell_round().log, at, **data)
    again = decide_again(tmp_path, tell_round(), log, _answer_with(log))
    assert ("decision-differs", point(at)) in findings(again)
    (difference,) = [why.params["difference"] for _, why in again.found if why.point == point(at)]
    (field,) = data
    # A version whose contents came too late would have lapsed: another entry altogether.
    assert difference.startswith((f"data.{field}", "type: "))


def test_the_report_shows_what_was_recorded_and_what_comes_of_it(tmp_path: Path) -> None:
    at = place(tell_round().log, "review.submitted.v1", "0001")
    total = tell_round().log[at].data["total"]
    log = with_data(tell_round().log, at, total="1")
    again = decide_again(tmp_path, tell_round(), log, _answer_with(log))
    claim = refute(
        "entries-decided", f.ROUND, next(why for _, why in again.found if isinstance(why, Difference))
    )
    said = say_finding(claim, "en")
    assert said.endswith(f'First difference, recorded → decided again: data.total: "1" → "{total}".')


def test_an_entry_dated_otherwise_than_it_was_asked_does_not_follow(tmp_path: Path) -> None:
    at = place(tell_round().log, "application.submitted.v1", "0002")
    log = copy(tell_round().log)
    log[at] = log[at].model_copy(update={"at": log[at].at + f.DAY / 24, "recorded": log[at].at + f.DAY})
    assert ("decision-differs", point(at)) in findings(
        decide_again(tmp_path, tell_round(), log, _answer_with(log))
    )


def test_an_entry_that_saw_another_register_does_not_follow(tmp_path: Path) -> None:
    at = place(tell_round().log, "application.submitted.v1", "0002")
    log = with_frame(tell_round().log, at, register_size=0)
    assert ("decision-differs", point(at)) in findings(
        decide_again(tmp_path, tell_round(), log, _answer_with(log))
    )


def test_a_decision_at_another_place_does_not_follow(tmp_path: Path) -> None:
    """The review's end, before the last score was fixed: there was work left at that place."""
    log = tell_round().log
    at = place(log, "round.stage-finished.v1", finished="review")
    last = place(log, "application.scored.v1", "0003") - 1
    assert log[last].type == "review.submitted.v1", "what brought the score"
    early = move(log, at, last)
    assert findings(decide_again(tmp_path, tell_round(), early, _answer_with(early))) == [
        ("decision-differs", point(last))
    ]


def test_entries_by_other_rules_do_not_follow(tmp_path: Path) -> None:
    """A score trimmed otherwise, as if the rules had said so."""
    at = place(tell_round().log, "application.scored.v1", "0001")
    score = {**tell_round().log[at].data, "mean": "99"}
    log = with_data(tell_round().log, at, **score)
    assert ("decision-differs", point(at)) in findings(
        decide_again(tmp_path, tell_round(), log, _answer_with(log))
    )


# --- other questions and answers ------------------------------------------------------------------------------


def _ask_otherwise(number: int, change: Callable[[dict[str, Any]], object]) -> tuple[list[Item], int, str]:
    """The questions of the told round, one of them changed; where its entry stands, and where its answer."""
    items = list(tell_round().asked)
    stream, item = items[number]
    request = json.loads(item.request)
    change(request)
    items[number] = (stream, item._replace(request=json.dumps(request).encode()))
    return items, Answer.model_validate_json(item.answer).seq, item.place


def _first(stream: str, **holding: Any) -> int:
    """The place among the questions of the first one on a stream that holds these."""
    for number, (name, item) in enumerate(tell_round().asked):
        if name == stream and item.request and holding.items() <= json.loads(item.request).items():
            return number
    raise AssertionError(stream)


ONE, TWO = (f"application/{f.ROUND}/{number}" for number in ("0001", "0002"))


def test_an_envelope_changed_in_the_history_gives_another_entry(tmp_path: Path) -> None:
    def more_staff(request: dict[str, Any]) -> None:
        sent = Envelope.model_validate_json(DecideRequest.model_validate(request).body)
        changed = {**sent.command, "submission": {**sent.command["submission"], "staff": 99}}
        body = sent.with_(command=changed).model_dump_json().encode()
        request["body"] = json.loads(DecideRequest(stream=TWO, at=f.OPENED, body=body).model_dump_json())[
            "body"
        ]

    items, seq, _ = _ask_otherwise(_first(TWO), more_staff)
    assert ("decision-differs", point(seq)) in findings(decide_again(tmp_path, tell_round(), asked=items))


def test_an_instant_changed_in_the_history_gives_another_entry(tmp_path: Path) -> None:
    items, seq, _ = _ask_otherwise(_first(TWO), lambda request: request.update(at="2024-07-16T00:00:00Z"))
    assert ("decision-differs", point(seq)) in findings(decide_again(tmp_path, tell_round(), asked=items))


def test_another_decision_than_the_one_carried_out_gives_another_entry(tmp_path: Path) -> None:
    number = next(
        n for n, (name, item) in enumerate(tell_round().asked) if name == ONE and b'"carry":{' in item.request
    )
    items, seq, _ = _ask_otherwise(number, lambda request: request["carry"].update(version=1))
    assert ("decision-differs", point(seq)) in findings(decide_again(tmp_path, tell_round(), asked=items))


def test_nobodys_message_brings_no_entry(tmp_path: Path) -> None:
    items, seq, place_ = _ask_otherwise(_first(TWO), lambda request: request.update(body="Z2FyYmFnZQ=="))
    assert ("garbage-recorded", place_) in findings(decide_again(tmp_path, tell_round(), asked=items))
    assert seq


@pytest.mark.parametrize(
    "change",
    [
        {"command_id": "other"},
        {"at": "2024-07-16T00:00:00Z"},
        {"recorded": "2034-07-16T00:00:00Z"},
        {"register_size": 1},
        {"code": "late"},
        {"tells": {"0001": 1}},
        {"standing": {"version": 1}},
        {"standing": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_answer_that_says_something_else_differs(tmp_path: Path, change: dict[str, Any]) -> None:
    items = list(tell_round().asked)
    number = _first(TWO)
    stream, item = items[number]
    answer = {**json.loads(item.answer), **change}
    items[number] = (stream, item._replace(answer=json.dumps(answer).encode()))
    assert findings(decide_again(tmp_path, tell_round(), asked=items)) == [("answer-differs", item.place)]


# --- lost answers ---------------------------------------------------------------------------------------------


def _by_person(item: Exchange) -> bool:
    return b'"body":"' in item.request


def test_what_a_stream_does_by_itself_and_for_others_follows_without_any_history(tmp_path: Path) -> None:
    people = [item for item in tell_round().asked if _by_person(item[1])]
    again = decide_again(tmp_path, tell_round(), asked=people)
    assert findings(again) == []
    shown = sum(len(Answer.model_validate_json(item.answer).hashes) for _, item in people)
    assert len(again.again) == len(tell_round().log) - shown > 50


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_but_acts_of_people_needs_a_history_in_a_round_led_by_chance(
    tmp_path: Path, seed: int
) -> None:
    made = RandomRound(seed).run()
    people = [item for item in made.asked if _by_person(item[1])]
    assert findings(decide_again(tmp_path, made, asked=people)) == []


def test_a_persons_act_follows_if_any_history_holds_it(tmp_path: Path) -> None:
    number = _first(TWO)
    stream, item = tell_round().asked[number]
    others = [kept for n, kept in enumerate(tell_round().asked) if n != number]
    body = DecideRequest.model_validate_json(item.request).body
    answer = Answer.model_validate_json(item.answer)
    lost = decide_again(tmp_path, tell_round(), asked=others)
    assert findings(lost) == [("act-not-held", point(answer.seq))]
    held = decide_again(tmp_path, tell_round(), asked=others, sent=[(stream, Message("act", body))])
    assert (findings(held), held.again) == ([], {(stream, answer.first)})
    sent = Envelope.model_validate_json(body)
    for other in (
        sent.with_(command={**sent.command, "kind": "withdraw"}),
        sent.with_(command_id="another-id"),
        sent.with_(actor=f.actor("officer-1")),
    ):
        message = Message("act", other.model_dump_json().encode())
        found = findings(decide_again(tmp_path, tell_round(), asked=others, sent=[(stream, message)]))
        assert found == [("act-not-held", point(answer.seq))]


def test_an_act_under_an_unknown_name_was_refused_for_that(tmp_path: Path) -> None:
    number = _first(TWO)
    stream, item = tell_round().asked[number]
    others = [kept for n, kept in enumerate(tell_round().asked) if n != number]
    body = DecideRequest.model_validate_json(item.request).body
    found = findings(
        decide_again(tmp_path, tell_round(), asked=others, sent=[(stream, Message("acts", body))])
    )
    assert [finding for finding, _ in found] == ["decision-differs"]


INVENTED = {
    "a deadline": {"command_id": "deadline/notice/9"},
    "a look": {"command_id": "look/9"},
    "a decision of the round": {"command_id": f"{ROUND}#1"},
    "a decision of nobody": {"command_id": f"application/{f.ROUND}/0001#1"},
    "a report": {"command_id": "report/issue/1"},
    "a cancel request": {"command_id": "cancel/x"},
}


@pytest.mark.parametrize("name", INVENTED)
def test_what_the_engine_never_decided_is_refuted_without_any_history(tmp_path: Path, name: str) -> None:
    log = tell_round().log
    at = place(log, "application.listed.v1", "0001")
    system = log[at].actor
    refusal = {"kind": "unknown", "code": "ended", "params": {}}
    made_up = log[at].model_copy(
        update={
            "type": "act.refused.v1",
            "version": log[at].version + 1,
            "actor": system,
            "data": {**refusal, **INVENTED[name]},
        }
    )
    assert leaf_bytes(made_up) == canonical_bytes(made_up)
    longer = [*log, made_up]
    assert findings(decide_again(tmp_path, tell_round(), longer)) == [("decision-differs", point(len(log)))]


def test_a_receipt_is_given_again_only_to_the_act_that_it_is_of(tmp_path: Path) -> None:
    stream, item = tell_round().asked[_first(TWO)]
    answer = Answer.model_validate_json(item.answer)
    receipt = {
        "log": f.ROUND,
        "seq": answer.seq,
        "stream": stream,
        "version": answer.first,
        "leaf_hash": answer.hashes[0],
        "command_id": answer.command_id,
        "at": answer.at,
    }
    again = (
        Answer.model_validate({"receipt": receipt, "standing": answer.standing}).model_dump_json().encode()
    )
    same = (stream, item._replace(place="again", answer=again))
    assert findings(decide_again(tmp_path, tell_round(), asked=[*tell_round().asked, same])) == []
    other = tell_round().asked[_first(ONE)][1].request.replace(b"/0001", b"/0002")
    wrong = (stream, item._replace(place="again", request=other, answer=again))
    assert findings(decide_again(tmp_path, tell_round(), asked=[*tell_round().asked, wrong])) == [
        ("receipt-of-another", "again")
    ]


# --- what people signed ---------------------------------------------------------------------------------------


def _find_refused() -> list[tuple[str, str]]:
    """What was typed into a refused act stands nowhere: without a history it can't be decided again."""
    log = tell_signed_round().log
    refused = [seq for seq, leaf in enumerate(log) if leaf.type == "act.refused.v1"]
    acts = [(leaf.stream, leaf.data["command_id"]) for leaf in log]
    firsts = [seq - (acts[seq - 1] == acts[seq]) for seq in refused]
    return [("act-not-held", point(seq)) for seq in firsts]


def test_what_was_signed_follows_without_any_history(tmp_path: Path) -> None:
    again = decide_again(tmp_path, tell_signed_round(), asked=[])
    assert findings(again) == _find_refused()
    assert len(again.again) >= len(tell_signed_round().log) - 2 * len(_find_refused())


def test_what_was_signed_and_every_history_follow_too(tmp_path: Path) -> None:
    again = decide_again(tmp_path, tell_signed_round())
    assert (findings(again), again.counted) == ([], len(tell_signed_round().log))


@pytest.mark.parametrize("name", [name for name in CHANGED if not name.startswith("a refusal")])
def test_an_entry_that_says_something_else_than_was_signed_does_not_follow(tmp_path: Path, name: str) -> None:
    find, data = CHANGED[name]
    at = find(tell_signed_round().log)
    log = with_data(tell_signed_round().log, at, **data)
    found = findings(decide_again(tmp_path, tell_signed_round(), log, asked=[]))
    assert [place for finding, place in found if finding == "decision-differs"][:1] == [point(at)]


def test_an_unsigned_act_whose_history_is_lost_is_named(tmp_path: Path) -> None:
    found = findings(decide_again(tmp_path, tell_round(), asked=[]))
    assert ("act-not-held", point(0)) in found
    assert {finding for finding, _ in found} == {"act-not-held"}
