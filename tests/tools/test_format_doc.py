"""docs/events.md is what the models say: an outsider writes a verifier by it."""

from pathlib import Path

import pytest

from audit.rules.people.duties import APART
from selection.projections.origins import ORIGINS
from tools.format_doc import document

DOCS = Path(__file__).parents[2] / "docs"


def test_every_type_of_entry_stands_there_with_its_origin_and_its_data() -> None:
    text = document()
    table = text.partition("\n## Types of entries\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    assert {name.strip("`"): origin for name, origin, _ in rows} == {
        name: origin.value for name, origin in ORIGINS.items()
    }
    assert all(f"\n## `{name}`\n" in text for name in ORIGINS)


def test_every_object_that_a_table_names_is_described() -> None:
    text = document()
    named = {part.partition("](#")[0] for part in text.split("[")[1:] if "](#" in part.partition(")")[0]}
    assert named == {name for name in named if f"\n### {name}\n" in text}
    assert {"DecideRequest", "Answer", "StreamStart", "DrawInputs", "RoundRules"} <= {
        line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")
    }


@pytest.mark.repo
def test_the_duties_that_never_meet_are_those_that_are_verified() -> None:
    table = (DOCS / "format.md").read_text(encoding="utf-8").partition("| duty | not with |")[2]
    rows = [line.strip("| ").split(" | ") for line in table.partition("\n\n")[0].splitlines()[2:]]
    told = {duty: others.replace(",", "") for duties, others in rows for duty in duties.split(", ")}
    assert told == dict(APART)


@pytest.mark.repo
def test_the_pages_lead_to_headings_that_there_are() -> None:
    heads = {
        line.lstrip("# ").replace("`", "").lower().replace(" ", "-")
        for line in document().splitlines()
        if line.startswith("#")
    }
    format_page = (DOCS / "format.md").read_text(encoding="utf-8")
    assert {part.partition(")")[0] for part in format_page.split("(events.md#")[1:]} <= heads
