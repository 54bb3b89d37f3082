"""Models that cross Temporal only gain optional fields: old payloads are read, and written again as they were."""

import json
from typing import Any

import pytest

from tests.golden.crossing import LEFT_OUT, REQUIRED, Crossing, again, fields, list_crossings
from tests.golden.files import FOLDER, MODELS, Golden, goldens, versions
from tests.golden.guards import model_broken


@pytest.mark.parametrize("golden", goldens(), ids=str)
def test_old_payloads_are_read_and_written_as_they_were(golden: Golden) -> None:
    looked = 0
    for item in list_crossings(golden.run()):
        fault = difference(item)
        if fault:
            what = f"{golden}: today's {item.model.__name__} does not keep an old payload: {fault}"
            pytest.fail(model_broken(golden.version, what, f"event {item.event}"), pytrace=False)
        looked += 1
    assert looked


def difference(item: Crossing) -> str:
    """How an old payload differs from what today's model makes of it; empty if it does not."""
    try:
        written = again(item.payload, item.model)
    except (ValueError, KeyError, RuntimeError) as fault:
        return str(fault)[:500]
    if written == item.payload.data:
        return ""
    return first_difference(json.loads(item.payload.data), json.loads(written))


def first_difference(old: Any, new: Any, where: str = "") -> str:
    """The first place at which two payloads differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in new:
            if key not in old:
                return f"{where}.{key} was not there before"
            if found := first_difference(old[key], new[key], f"{where}.{key}"):
                return found
        gone = [key for key in old if key not in new]
        return f"{where}.{gone[0]} is gone" if gone else ""
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return next((found for n, (a, b) in pairs if (found := first_difference(a, b, f"{where}[{n}]"))), "")
    return "" if old == new else f"{where} was {str(old)[:80]}, would be {str(new)[:80]}"


@pytest.mark.parametrize("version", versions())
def test_models_only_gain_optional_fields(version: str) -> None:
    before = split_lines((FOLDER / version / MODELS).read_text(encoding="utf-8").splitlines())
    faults = changes(before, split_lines(fields()))
    if faults:
        what = "models that cross Temporal did more than gain optional fields:\n        " + "\n        ".join(
            faults
        )
        pytest.fail(model_broken(version, what, f"tests/golden/{version}/{MODELS}"), pytrace=False)


def split_lines(lines: list[str]) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in lines)


def changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """What is not allowed: a field that went, one that must now be there, a new one that is always written."""
    known = {name.rpartition(".")[0] for name in before}
    gone = [f"{name} is gone" for name in before if name not in now]
    asked = [
        f"{name} was {before[name]}, and is now required"
        for name, told in now.items()
        if told == REQUIRED and before.get(name, REQUIRED) != REQUIRED
    ]
    new = [
        f"{name} is new and {told}; it must be {LEFT_OUT}"
        for name, told in now.items()
        if name not in before and name.rpartition(".")[0] in known and told != LEFT_OUT
    ]
    return [*gone, *asked, *new]
