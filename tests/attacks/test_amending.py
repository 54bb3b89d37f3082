"""A form that changes under those who fill it in, on a real record: old answers stand, and none slip in under it."""

from typing import Any

import pytest

from ledger.decision.decide import DecisionResult
from ledger.decision.forms import FormFacts
from ledger.decision.reads import ReadNotes
from ledger.record import Ledger
from reading.access.authentication import Entrance, LocalAssertion
from reading.service import ReadService
from selection.application.events import ApplicationFormChanged
from selection.decision.machine import Act, Carry, Report
from selection.decision.reference import Decision
from selection.forms.form import Form
from selection.kernel.model import Ref
from selection.round.commands import ReportBatch
from selection.streams import application_stream, round_stream
from tests import factories as f
from tests.attacks.texts.test_answers import FIELDS, LABEL, OTHER, STREAM, place_with_form, put, rules
from tests.ledger.conftest import place, url
from tests.ledger.support.deciding import act, code, decide

__all__ = ["place", "place_with_form", "url"]
pytestmark = pytest.mark.stack

ROUND = round_stream(OTHER)
OLD = rules().forms.application


def narrow_form() -> Form:
    """The plan in three words, the leader dropped, and a sum that is new."""
    fields: list[dict[str, Any]] = [{**field} for field in FIELDS if field["code"] not in ("leader", "plan")]
    fields += [
        {"code": "aim", "kind": "text", "required": True, "words": 3},
        {"code": "sum", "kind": "number", "required": True},
    ]
    section = {"code": "s", **LABEL, "fields": [{**LABEL, **field} for field in fields]}
    return Form.model_validate({"version": "v2", **LABEL, "sections": [section]})


def hand_in(stream: str, form: Ref, version: str, command_id: str, *personal: Any) -> Act:
    told = {"form_version": version, "form": form, "personal": personal}
    return act(stream, f.submit(**told), f.APPLICANT, command_id)


async def test_old_answers_stand_and_the_new_form_alone_is_taken(place_with_form: Ledger) -> None:
    assert OLD is not None
    leader = {"answer": "leader", "content": await put(place_with_form, "leader", b'{"name":"x"}')}
    fits = await put(place_with_form, "fits", b'{"plan":"one two"}')
    long = await put(place_with_form, "long", b'{"plan":"one two three four"}')
    other = await put(place_with_form, "other", b'{"plan":"three"}')
    streams = [application_stream(OTHER, number) for number in ("0001", "0002")]
    for stream, form in zip(streams, (fits, long), strict=True):
        assert (
            code(await decide(place_with_form, hand_in(stream, form, "v1", f"a-{stream[-1]}", leader))) == ""
        )

    command = f.amend_form(OLD, narrow_form(), renamed={"plan": "aim"})
    amended = await decide(place_with_form, act(ROUND, command, f.OFFICER, "amend"))
    assert code(amended) == ""
    decision = Decision(stream=ROUND, version=2)
    asked = {}
    for stream in streams:
        # Before it was told, and ever after: what was filled in under the old form is not taken.
        late = await decide(place_with_form, hand_in(stream, other, "v1", f"b-{stream[-1]}", leader))
        assert read_refusal(late) == ("form-changed", {"version": "v2"})
        told = await place_with_form.deciding.decide(stream, Carry(decision))
        assert code(told) == ""
        entry = (await place_with_form.reading.stream_entries(stream))[-1].leaf
        assert entry.type == ApplicationFormChanged.TYPE
        asked[stream] = entry.data["unfit"]
    assert asked == {streams[0]: ["sum missing"], streams[1]: ["aim too-many-words", "sum missing"]}
    tasks = await place_with_form.reading.open_tasks(person="applicant-1", round_=OTHER)
    assert [(task.kind, task.stream) for task in tasks] == [("submit-anew", stream) for stream in streams]
    report = Report(ReportBatch(batch="amend-application/1", touched=2), "report")
    assert code(await place_with_form.deciding.decide(ROUND, report)) == ""

    anew = await put(place_with_form, "anew", b'{"aim":"one two","sum":5}')
    assert code(await decide(place_with_form, hand_in(STREAM, anew, "v2", "c-1"))) == ""
    tasks = await place_with_form.reading.open_tasks(person="applicant-1", round_=OTHER)
    assert [task.stream for task in tasks] == [streams[1]]
    await hold_reads(ReadService(place_with_form), place_with_form)


def read_refusal(decided: DecisionResult) -> tuple[str, dict[str, str]]:
    return (decided.refused.code, decided.refused.params) if decided.refused else ("", {})


async def hold_reads(reads: ReadService, ledger: Ledger) -> None:
    """See that each version is read by its own form, and that its answers follow the map."""
    who = await Entrance(ledger.people, ledger.keys).admit(LocalAssertion(person="applicant-1", session="s"))
    first, second = [await reads.forms.get_answers(who, STREAM, revision) for revision in (1, 2)]
    assert (first.round_form.form.version, second.round_form.form.version) == ("v1", "v2")
    assert (first.answers["plan"], second.answers["aim"]) == ("one two", "one two")
    moved = await reads.forms.move_answers(who, OTHER, "application", first, "v2")
    assert (moved.answers["aim"], list(moved.dropped)) == ("one two", ["leader"])
    assert (await reads.forms.get_form(who, OTHER)).form.version == "v2"
    assert (await reads.forms.get_form(who, OTHER, version="v1")).form == OLD
    assert (await reads.forms.get_next_form(who, STREAM)).form.version == "v2"


async def test_what_may_fix_a_form_is_noted_so_that_a_change_beside_it_is_decided_again(
    place_with_form: Ledger,
) -> None:
    forms = FormFacts(place_with_form.reading, place_with_form.contents, place_with_form.units)
    noted = ReadNotes(OTHER, ROUND)
    assert await forms.count_uses("opinion", noted) == 0
    units = {f"recommender/{OTHER}/{unit.code}": 0 for unit in rules().recommenders}
    assert (noted.streams, noted.counts) == (units, None)
    noted = ReadNotes(OTHER, ROUND)
    assert await forms.count_uses("review", noted) == 0
    assert (noted.streams, noted.counts) == ({}, {})
