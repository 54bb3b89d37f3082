"""Answers that lie where nobody who fills in a form puts them: the audit's walk finds what deciding finds."""

from typing import Any

import pytest

from selection.forms.checking import AnswerChecker
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.json_text import Json
from selection.forms.parts import Answers, PersonalAnswer
from selection.forms.reading import find_unfit
from selection.kernel.canonical import canonical_bytes
from tests import factories as f
from tests.audit.rules.test_form_answers import walk_as_kept
from tests.selection.forms.strategies import LABEL

COLUMN = {"kind": "text", "personal": True, **LABEL}
LAID_OUT = Form.model_validate(
    {
        "version": "v1",
        **LABEL,
        "sections": [
            {
                "code": "s",
                **LABEL,
                "fields": [
                    {"code": "note", "kind": "text", "personal": True, "characters": 200_000, **LABEL},
                    {"code": "long", "kind": "text", "characters": 200_000, "lines": True, **LABEL},
                    {"code": "more", "kind": "text", "characters": 200_000, "lines": True, **LABEL},
                    {
                        "code": "rows",
                        "kind": "table",
                        **LABEL,
                        "columns": [
                            {"code": "what", "kind": "text", **LABEL},
                            {**COLUMN, "code": "name"},
                            {**COLUMN, "code": "phone"},
                            {**COLUMN, "code": "person", "kind": "number"},
                        ],
                    },
                ],
            }
        ],
    }
)
ROWS: Json = [{"what": "a"}, {"what": "b"}]
WIDE = "𰻞" * 140_000
LAYINGS: dict[str, tuple[Answers, list[tuple[str, Any]], bool]] = {
    "each where it belongs": ({"rows": ROWS}, [("rows[0]", {"name": "x", "phone": "1"})], True),
    "a number in a column that is called person": ({"rows": ROWS}, [("rows[1]", {"person": 3})], True),
    "a row in two parts": ({"rows": ROWS}, [("rows[0]", {"name": "x"}), ("rows[0]", {"phone": "1"})], False),
    "a row that there is not": ({"rows": ROWS}, [("rows[2]", {"name": "x"})], False),
    "a row of no table": ({}, [("rows[0]", {"name": "x"})], False),
    "a personal answer as long as may be": ({}, [("note", "x" * 19_998)], True),
    "a personal answer that is longer": ({}, [("note", "x" * 19_999)], False),
    "answers that are longer together": ({"long": WIDE, "more": WIDE}, [], False),
}


@pytest.mark.parametrize("name", LAYINGS)
def test_the_walk_finds_what_lies_elsewhere_as_deciding_does(name: str) -> None:
    shared, personal, fits = LAYINGS[name]
    apart = tuple(
        PersonalAnswer(answer=place, content=f.ref(f"{place}/{number}"), person="")
        for number, (place, _) in enumerate(personal)
    )
    filled = SentForm(version="v1", entry={}, shared=f.ref("shared"), personal=apart)
    bodies = {"shared": canonical_bytes(shared)}
    bodies |= {
        item.content.id: canonical_bytes(answer) for item, (_, answer) in zip(apart, personal, strict=True)
    }
    assert (not find_unfit(AnswerChecker(LAID_OUT, f.RULES), filled, bodies, {})) is fits
    assert (walk_as_kept(LAID_OUT, filled, bodies) is None) is fits
    erased = {name: body if name == "shared" else None for name, body in bodies.items()}
    nowhere = "there is not" in name or "no table" in name or "two parts" in name
    assert (walk_as_kept(LAID_OUT, filled, erased) is None) is not (nowhere or "together" in name)
