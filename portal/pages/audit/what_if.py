"""The what-if: a round run again under other rules, as the address says, so that a link can be sent."""

import re
from collections.abc import Iterator, Mapping

from starlette.responses import Response

from portal.pages.audit.shared import ask, show_page, take_parts
from portal.proofs.jobs import Answer, Simulate
from portal.routing import show
from portal.visit import Visit

WHAT_IF = "/rounds/{round}/audit/what-if"
VALUES = {
    "places": "places",
    "factor": "shortlist.factor",
    "valid": "panel.min_valid",
    "trim": "trim.drop",
    "trim-from": "trim.from_valid",
}
"""What the address calls a value of the rules, and its place in them, in the order of the form."""
WEIGHT = "weight."
RUNS = {"runs": (200, 0, 1_000), "spread": (20, 1, 99), "seed": (1, 0, 999_999_999)}
"""What says how the weights vary: by itself, at least and at most [D]."""
WORDS_AT_MOST = 60
"""Weights and people that an address names, at most."""


async def show_what_if(visit: Visit) -> Response:
    """Show the form, filled as the address says, and what comes of it."""
    typed = {name: value.strip()[:200] for name, value in visit.request.query_params.items()}
    job, faults = read_asked(visit, typed)

    async def show_answer(answer: Answer) -> Response:
        context = {
            "typed": typed,
            "faults": faults or list(_tell_faults(visit, answer)),
            "sealed": answer.found.get("sealed", {"weights": [], "values": {}}),
            "parts": [] if faults else take_parts(visit, answer),
            "values": VALUES,
            "runs": RUNS,
        }
        return await show_page(visit, "audits/what_if.html", context)

    return await ask(visit, job, show_answer)


def read_asked(visit: Visit, typed: Mapping[str, str]) -> tuple[Simulate, list[tuple[str, str]]]:
    """Return what the address asks for, with what is no number in it; then nothing is assumed."""
    faults = []
    numbers = {}
    for name, (usual, least, most) in RUNS.items():
        text = typed.get(name, "") or str(usual)
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
        if not least <= number <= most:
            wrong = visit.say("audit.whole-between", least=least, most=most)
            faults.append((name, _put_label(visit, visit.say(f"audit.{name}"), wrong)))
        numbers[name] = number
    values: dict[str, int | str] = {}
    for name, place in VALUES.items():
        text = typed.get(name, "")
        if text and name == "factor":
            values[place] = text
        elif re.fullmatch(r"[0-9]{1,6}", text):
            values[place] = int(text)
        elif text:
            label = visit.say(f"audit.value-{name}")
            faults.append((name, _put_label(visit, label, visit.say("audit.whole"))))
    if faults:
        return Simulate(runs=0), faults
    weights = {
        name.removeprefix(WEIGHT): text
        for name, text in list(typed.items())[:WORDS_AT_MOST]
        if name.startswith(WEIGHT) and text
    }
    without = tuple(dict.fromkeys(re.findall(r"[^\s,，;；、]+", typed.get("without", ""))))[:WORDS_AT_MOST]
    return Simulate(weights=weights, values=values, without=without, **numbers), []


def _tell_faults(visit: Visit, answer: Answer) -> Iterator[tuple[str, str]]:
    if not answer.fault:
        return
    if answer.faults:
        for place, *said in answer.faults:
            field = _find_field(place)
            yield field, _put_label(visit, _name_field(visit, answer, field), said[visit.language == "zh"])
    else:
        place = {"unknown-reviewer": "without", "too-many-places": "places"}.get(answer.fault, "")
        yield place, visit.say(f"audit.failed-{answer.fault}", **answer.params)


def _put_label(visit: Visit, label: str, said: str) -> str:
    """Return a sentence on a field with what the field is called before it."""
    return f"{label}{'：' if visit.language == 'zh' else ': '}{said}" if label else said


def _find_field(place: str) -> str:
    """Return the field of the form that sets a place of the rules, empty for none."""
    if weight := re.fullmatch(r"criteria\[(.+)\]\.weight", place):
        return WEIGHT + weight[1]
    return next((name for name, of in VALUES.items() if of == place), "")


def _name_field(visit: Visit, answer: Answer, field: str) -> str:
    if field in VALUES:
        return visit.say(f"audit.value-{field}")
    named = "zh" if visit.language == "zh" else "en"
    weights = answer.found["sealed"]["weights"]
    return next((str(item[named]) for item in weights if WEIGHT + item["code"] == field), "")


ROUTES = (show(WHAT_IF, show_what_if),)
