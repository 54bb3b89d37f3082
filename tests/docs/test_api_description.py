"""docs/api/openapi.json is what the operations and the command models say: programs are written by it."""

import json
from pathlib import Path

import pytest

from portal.api.acts import NOT_FOR_PROGRAMS
from selection.decision.command import COMMANDS
from tools.api_doc import document

pytestmark = pytest.mark.repo
DESCRIPTION = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"


def test_the_description_is_what_the_operations_say() -> None:
    assert DESCRIPTION.read_text(encoding="utf-8") == document(), (
        "docs/api/openapi.json differs from the operations; run: python -m tools.api_doc > docs/api/openapi.json"
    )


def test_every_act_of_people_can_be_asked_for_and_none_of_the_engine() -> None:
    schemas = json.loads(document())["components"]["schemas"]
    described = {
        schema["properties"]["kind"]["const"]
        for schema in schemas.values()
        if "const" in schema.get("properties", {}).get("kind", {})
    }
    of_people = {kind for kind, command in COMMANDS.items() if command.ROW.of_people}
    # What a client of ours records of its own doing is asked for by nobody: it would be believed.
    assert described == of_people - set(NOT_FOR_PROGRAMS)
    assert of_people >= set(NOT_FOR_PROGRAMS)
    assert "report-unreached" not in described


def test_only_acts_are_told_to_be_answered_again_and_to_have_a_place() -> None:
    for path, methods in json.loads(document())["paths"].items():
        for operation in methods.values():
            for answer in (operation["responses"].get(status) for status in ("201", "202")):
                if answer is not None:
                    assert ("headers" in answer) == path.startswith("/acts/"), path
            again = "sent again" in operation["responses"].get("201", {"description": ""})["description"]
            assert again == path.startswith("/acts/"), path
