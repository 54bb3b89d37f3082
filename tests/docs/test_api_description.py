"""docs/api/openapi.json is what the operations and the command models say: programs are written by it."""

import json
from pathlib import Path

import pytest

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
    assert described == {kind for kind, command in COMMANDS.items() if command.ROW.of_people}
