"""The projections of one stream as statements: what `append` and `rebuild` both write."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from ledger.fold import Fold
from ledger.queries import load_queries

QUERIES = load_queries("projections")
ROWS = {"application": "save_application", "round": "save_round", "recommender": "save_list"}


@dataclass(frozen=True)
class Statement:
    """A query with its parameters, to be run in the caller's transaction."""

    query: str
    params: dict[str, Any]


def kind_of(stream: str) -> str:
    """Return the first part of a stream's id: application, round, recommender, installation."""
    return stream.partition("/")[0]


def stage_of(fold: Fold, state: Any) -> str | None:
    """Return the stage that an application's row shows."""
    row = fold.row_of(state)
    return None if row is None else str(row.model_dump(include={"stage"}, mode="json").get("stage"))


def project(fold: Fold, log: str, stream: str, version: int, state: Any) -> list[Statement]:
    """Return the statements that make every projection of the stream equal to its state."""
    place = {"log": log, "stream": stream}
    text = fold.aggregate(stream).dump(state)
    statements = [Statement(QUERIES["save_snapshot"], {**place, "version": version, "state": text})]
    row = fold.row_of(state)
    if row is not None and kind_of(stream) in ROWS:
        statements.append(Statement(QUERIES[ROWS[kind_of(stream)]], {**place, "row": row.model_dump_json()}))
    tasks = json_array(fold.tasks_of(state))
    statements.append(Statement(QUERIES["replace_tasks"], {**place, "tasks": tasks}))
    if kind_of(stream) == "round":
        deadlines = to_json(fold.deadlines_of(state)).decode()
        statements.append(Statement(QUERIES["replace_deadlines"], {"log": log, "deadlines": deadlines}))
    return statements


def json_array(items: Sequence[BaseModel]) -> str:
    """Return models as the text of one JSON array."""
    return json.dumps([item.model_dump(mode="json") for item in items], ensure_ascii=False)
