"""How a replay tells fields and values: by words alone, each name apart from its value."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from audit.story.changes import FRAME, LARGE, Change
from selection.application.state import ApplicationState
from selection.projections.rows import ApplicationRow
from selection.recommendation.state import ListState
from selection.round.state import RoundState
from starter.replay.decided_words import FIELDS as DECIDED
from starter.replay.field_words import FieldWords
from starter.replay.words import FIELDS, WITHIN
from tests import factories as f

MIDNIGHT = datetime(2024, 10, 10, 16, tzinfo=UTC).isoformat()
REF = {"id": "text-1", "sha256": "ab" * 32}
EN, ZH = (FieldWords(f.rules(), lang) for lang in ("en", "zh"))


def list_models(hint: Any) -> Iterator[type]:
    """Yield the models that stand in a field's type."""
    if isinstance(hint, type) and (issubclass(hint, BaseModel) or hasattr(hint, "__pydantic_fields__")):
        yield hint
    for inner in get_args(hint):
        yield from list_models(inner)


def list_parts(model: type, root: str = "", seen: frozenset[type] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield the fields of a state and of its parts, each with the field of the state that it is within."""
    for name, field in model.__pydantic_fields__.items():  # type: ignore[attr-defined]
        if not root and name in FRAME | LARGE:
            continue
        yield root or name, name
        for inner in list_models(field.annotation):
            if inner not in seen:
                yield from list_parts(inner, root or name, seen | {model, inner})


@pytest.mark.parametrize("state", [ApplicationState, RoundState, ListState])
def test_every_field_and_every_part_of_one_has_words_of_its_own(state: type) -> None:
    # Rules, forms, and amendments of forms are named by their hashes and versions.
    told = {part for part in list_parts(state) if part[1] not in ("seen", "form_hash")}
    missing = {part for part in told if part not in WITHIN and part[1] not in {*FIELDS, *DECIDED}}
    assert sorted(missing) == []


def test_every_field_of_the_row_of_a_list_has_its_words() -> None:
    row = list_parts(ApplicationRow, "row")
    assert sorted(part for part in row if part not in WITHIN and part[1] not in FIELDS) == []
    assert ZH.name_in_row("agreed") == "论证分"
    assert EN.show("row.duties", {"recommender": ["agent-1"]}) == "recommending unit: agent-1"


def test_a_path_is_told_in_words_and_a_key_that_is_a_code_by_its_name() -> None:
    assert EN.name("seats.3.status") == "seat 3, state"
    assert ZH.name("hands.reviewer") == "经手人员（评审专家）"
    assert EN.name("deadlines.review") == "deadline (paper review)"
    assert EN.name("since_of.issue") == "tasks without a date wait since (issue the list)"
    assert EN.name("decisions.made.conflict/r-1") == "decided by (ruling on a conflict, r-1)"
    level = f.rules().approval[0]
    assert ZH.name(f"approvals.{level.code}") == f"审批（{level.zh}）"
    assert EN.name("reviews.1.expert-3.scores.technical").endswith("scores (technical)")


def test_a_name_stands_apart_from_its_value_and_a_part_with_parts_in_brackets() -> None:
    review = {"scores": {"technical": "22"}, "form": {"version": "one", "answers": REF}, "void": False}
    assert EN.show("reviews.1.expert-3", review) == (
        "scores (technical: 22); form (version of the form: one, answers: text-1); void: no"
    )
    assert ZH.show("reviews.1.expert-3", review) == (
        "各项评分（technical：22）；表单（表单版本：one，答案：text-1）；作废：否"
    )
    assert FieldWords(None, "en", by_hash=True).show("pledge", REF) == "abababab…"
    assert ZH.show("alternates", ["a", "b"]) == "a、b"


def test_each_record_of_a_list_is_a_line_of_its_own() -> None:
    level = f.rules().approval[0]
    item = {"application": "0001", "rank": 1, "reason": REF}
    agreed = [
        {"level": level.code, "person": "approver-1", "items": [item]},
        {"level": "x", "person": "approver-2", "items": [item, item]},
    ]
    assert EN.show("agreed", agreed).split("; ") == [
        f"level: {level.en}, person: approver-1, proposed (application: 0001, rank: 1, reason: text-1)",
        "level: x, person: approver-2, proposed (application: 0001, rank: 1, reason: text-1),"
        " (application: 0001, rank: 1, reason: text-1)",
    ]
    assert len(ZH.show("agreed", agreed).split("；")) == 2
    moved = EN.sum_up([Change("agreed", [], agreed[:1])], 200)
    assert moved.startswith(f"agreed to: +level: {level.en}, ")
    assert "{" not in moved


def test_until_when_something_is_taken_is_told_by_the_day_that_ends() -> None:
    day = "2024-10-10 24:00 Beijing time"
    for path in ("until", "notice_until", "deadlines.review", "seats.1.review_by", "missed.review"):
        assert EN.show(path, MIDNIGHT) == day
    assert EN.show("deadlines", {"review": MIDNIGHT}) == f"paper review: {day}"
    assert EN.show("since", MIDNIGHT) == "2024-10-11 00:00:00 Beijing time"
    assert EN.show("since_of.issue", MIDNIGHT) == "2024-10-11 00:00:00 Beijing time"


def test_codes_of_the_process_and_of_the_rules_have_their_names() -> None:
    source = f.rules().draws.sources[0]
    assert ZH.show("draws.main.source", source.code) == source.zh
    assert EN.show("batch", "issue/3") == "the list issued by proposal 3"
    assert ZH.show("meeting.votes.e-1.vote", "for") == "赞成"
    assert EN.show("hits.0001", None) == "not yet ruled on"
    assert EN.show("reports.r.bound_by", [{"kind": "parent", "unit": "91"}]) == (
        "kind of tie: a parent or subsidiary, unit: 91"
    )


def test_a_fraction_is_a_decimal_and_one_without_an_end_stands_beside_it() -> None:
    shown = {"mean": "89/1", "untrimmed": "167/2", "technical": "263/3"}
    assert EN.show("score", shown) == (
        "mean: 89; untrimmed mean: 83.5; mean of the tie-break criterion: 87.6667 (263/3)"
    )
    assert EN.show("score.mean", "1/0") == "1/0"
    assert EN.show("shown", "89/1") == "89/1"
