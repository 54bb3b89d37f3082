"""Make the synthetic applications and people of the second batch: `python -m examples.make_second_batch`.

It was run once and its files are kept beside the rules; a test shows that they are what it makes. Only
regions, fields, routes and their proportions follow the published facts; every unit, person, credit code,
mail address and text is synthetic and says so.
"""

import json
from pathlib import Path
from typing import Any

from examples.second_batch_forms import Unit, form_file
from examples.second_batch_people import people_of
from examples.second_batch_words import (
    DIRECTION,
    DIRECTIONS,
    INTAKE,
    KINDS,
    MUSEUM,
    PRIORITIES,
    PROVINCES,
)
from starter.demo.chance import happens, number, pick, shuffle

SEED = "second batch, 2024"
FOLDER = Path(__file__).parent / "second_batch"

# What happens to whom, whatever the seed of the demo: see starter/demo/example.py for the meaning of each line.
STORY: dict[str, Any] = {
    "edited": ["a16"],
    "withdrawn": ["a08"],
    "late_submission": ["a14", "a19"],
    "set_aside": ["a05"],
    "over_quota": ["a11", "a35"],
    "late_recommendation": ["a33"],
    "unsealed": ["a25"],
    "unconfirmed": ["a25"],
    "rulings": {"a13": ["same-kind-bid"]},
    "grounds": {"a21": ["excluded-field"], "a27": ["direction-held"]},
    "directions": {"a27": ["visual-fusion"]},
    "conflict_found": "a17",
    "corrected": "a20",
    "same_employer_surveyor": "a01",
    "objection_upheld_on": 8,
    "objection_dismissed_on": 3,
    "integrity_hit_on": 4,
    "upheld_in_error": True,
    "amended": {
        "path": "days.notice",
        "after": "8",
        "reason": {"en": "A holiday falls into the notice.", "zh": "公示期间逢节假日，延长一天。"},
    },
    "substitutes": {"approver-2": "approver-5"},
    "sent_back": {
        "place": 5,
        "asks": {"en": "Lay down what each partner does.", "zh": "请补充共建各方权责。"},
        "adds": {
            "en": "the partners' shares are now laid down, as the approvers asked",
            "zh": "已按审批意见补充共建各方权责",
        },
    },
    "by_chance": ["decline-invitation", "seat-closed"],
}


def main() -> None:
    """Write the files."""
    for name, text in second_batch().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def second_batch() -> dict[str, str]:
    """Return every file by its path below the example's folder."""
    applications = [
        _application(f"a{index:02d}", unit, field)
        for index, (unit, field) in enumerate(
            ((unit, field) for unit, fields in INTAKE.items() for field in fields), start=1
        )
    ]
    _name_experts_to_avoid(applications)
    files = {item["form"]: form_file(item) for item in applications}
    files["applications.json"] = _json(applications)
    files["people.json"] = _json(people_of(applications, list(INTAKE)))
    files["story.json"] = _json(STORY)
    return files


def _application(code: str, unit: str, field: str) -> dict[str, Any]:
    direction = _direction(code, field)
    kind = pick(("enterprise", "enterprise", "enterprise", "university", "institute"), SEED, code, "kind")
    if code in STORY["rulings"]:
        kind = "enterprise"
    host = _unit(code, 0, kind, unit)
    partners = _partners(code, kind, unit)
    return {
        "code": code,
        "agent": f"host-{code[1:]}",
        "unit": unit,
        "title_en": f"Synthetic centre for {direction[0]}",
        "title_zh": f"合成中心：{direction[1]}",
        "direction_en": direction[0],
        "direction_zh": direction[1],
        "field": field,
        "priority": pick(PRIORITIES, SEED, code, "priority"),
        "host": host,
        "co_builders": partners,
        "form": f"applications/{code}.yaml",
        "staff": 24 + number(70, SEED, code, "staff"),
        "fund_yuan": f"{(8 + number(40, SEED, code, 'fund')) * 1_000_000}",
        "avoid": [],
    }


def _direction(code: str, field: str) -> tuple[str, str]:
    if "excluded-field" in STORY["grounds"].get(code, ()):
        return MUSEUM
    if "direction-held" in STORY["grounds"].get(code, ()):
        return DIRECTION
    earlier = [
        known
        for known, (_, other) in enumerate(
            ((unit, name) for unit, names in INTAKE.items() for name in names), start=1
        )
        if other == field and known < int(code[1:])
    ]
    directions = shuffle(DIRECTIONS[field], SEED, field)
    return directions[len(earlier) % len(directions)]


def _partners(code: str, kind: str, unit: str) -> list[Unit]:
    if code in STORY["rulings"]:
        return [_unit(code, 1, "enterprise", unit)]
    if not happens(60, SEED, code, "joint"):
        return []
    others = [other for other in KINDS if other != kind]
    count = 1 + number(2, SEED, code, "partners")
    provinces = [unit, pick(list(PROVINCES), SEED, code, "partner's province")]
    return [_unit(code, place + 1, others[place], provinces[place]) for place in range(count)]


def _unit(code: str, place: int, kind: str, province: str) -> Unit:
    region, english, chinese = PROVINCES[province]
    label = f"{code[1:]}{'ABC'[place]}"
    return {
        "code": credit_code(int(code[1:]) * 10 + place),
        "kind": kind,
        "region": region,
        "name_en": f"Synthetic unit {label} ({KINDS[kind][0]}, {english})",
        "name_zh": f"合成单位{label}（{chinese}，{KINDS[kind][1]}）",
    }


def credit_code(serial: int) -> str:
    """Return 18 characters in the place of a unified social credit code; 99 is no kind of unit there is."""
    return f"99SYNTH{serial:011d}"


def _name_experts_to_avoid(applications: list[dict[str, Any]]) -> None:
    for item in applications:
        if happens(20, SEED, item["code"], "avoids"):
            experts = shuffle([f"expert-{index:02d}" for index in range(1, 61)], SEED, item["code"])
            item["avoid"] = sorted(experts[: 1 + number(3, SEED, item["code"], "how many")])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
