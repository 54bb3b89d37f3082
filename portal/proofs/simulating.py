"""A simulation, made in a process of its own."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audit.bundle.reader import Bundle
from audit.claims import Difference, refute
from audit.report.sentences import say_finding
from audit.what_if.assuming import AssumptionRequest, Unfit
from audit.what_if.page import list_sections
from audit.what_if.reading import NothingToSimulate
from audit.what_if.running import what_if
from audit.what_if.stability import Draws, Tell
from portal.proofs.jobs import Answer, Simulate
from selection.rules.loading import RulesFaults

PLACES = ("trim.drop", "trim.from_valid", "panel.min_valid", "places", "shortlist.factor")
"""Where in the rules single values stand that can be assumed otherwise."""


def simulate(bundle: Path, job: Simulate, tell: Tell) -> Answer:
    """Return the report's parts as HTML in which every text is escaped, and what the rules sealed."""
    with Bundle(bundle) as opened:
        found: dict[str, Any] = {"sealed": _read_sealed(json.loads(opened.rules()))}
    asked = AssumptionRequest(weights=job.weights, values=job.values, without=job.without)
    try:
        report = what_if(bundle, asked, Draws(job.runs, job.spread, job.seed), tell)
    except Difference as difference:
        claim = refute("record", bundle.name, difference)
        fault = ("", say_finding(claim, "en"), say_finding(claim, "zh"))
        return Answer(
            fault="not-reproduced", params={"point": difference.point}, faults=(fault,), found=found
        )
    except NothingToSimulate:
        return Answer(fault="nothing-to-simulate", found=found)
    except RulesFaults as faults:
        said = zip(faults.list_faults("en"), faults.list_faults("zh"), strict=True)
        sentences = tuple((path, english, chinese) for (path, english), (_, chinese) in said)
        return Answer(fault="assumption-unfit", faults=sentences, found=found)
    except Unfit as unfit:
        return Answer(fault=unfit.code, params=unfit.params, found=found)
    parts = [part for part in list_sections(report, datetime.now(UTC)) if part]
    return Answer(found={**found, "parts": parts})


def _read_sealed(rules: dict[str, Any]) -> dict[str, Any]:
    """Return the weights and values that can be assumed otherwise, as they were sealed."""
    weights = [
        {"code": item["code"], "en": item["en"], "zh": item["zh"], "weight": str(item["weight"])}
        for item in rules["criteria"]
    ]
    return {"weights": weights, "values": {place: _value_at(rules, place) for place in PLACES}}


def _value_at(rules: dict[str, Any], place: str) -> str:
    found: Any = rules
    for part in place.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return "" if found is None else str(found)
