"""From what a person asks to what a simulation assumes, held to the rules' own checks."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from audit.what_if.round_record import RoundRecord
from audit.what_if.simulating import Assumptions
from selection.rules.loading import RoundRules, RuleChange, RulesFault, RulesFaults, diff_rules, read_rules

SIMULATED = ("tie_break", "panel.min_valid", "trim.", "shortlist.", "places", "appraisal.support_percent")
"""The places of the rules, beside the weights, that ranks and cut follow from; all else is not simulated."""

PLACES = 6
"""Decimals of a weight, as in the rules."""


class Unfit(Exception):
    """What was asked can't be simulated on this record: a stable code and its parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class AssumptionRequest:
    """What to assume; what is None or empty stays as sealed. `rules` come first, what is named singly after."""

    rules: RoundRules | None = None
    weights: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    """Values of rules by their place, such as `trim.drop`."""
    without: tuple[str, ...] = ()


def assume(recorded: RoundRecord, asked: AssumptionRequest) -> Assumptions:
    """Return what is assumed.

    Raises RulesFaults with every value that the rules' own checks refuse, and Unfit for people who reviewed
    nothing here and for more places than were sealed and than there are applications.
    """
    base = asked.rules or recorded.rules
    if {item.code for item in base.criteria} != recorded.weights.keys():
        raise Unfit("contents-differ", text=", ".join(item.code for item in recorded.rules.criteria))
    rules = _mix_rules(recorded.rules, base, asked.values) if asked.rules or asked.values else recorded.rules
    weights = _weights({item.code: Fraction(item.weight) for item in base.criteria}, asked.weights)
    for person in asked.without:
        if person not in recorded.reviewers:
            raise Unfit("unknown-reviewer", person=person)
    # As sealed they may well be more: a small round is no fault of who asks.
    if rules.places > max(recorded.rules.places, len(recorded.applications)):
        raise Unfit("too-many-places", places=str(rules.places), count=str(len(recorded.applications)))
    return Assumptions(rules, weights, frozenset(asked.without))


def changes(recorded: RoundRecord, assumed: Assumptions) -> tuple[RuleChange, ...]:
    """Return every simulated place where the assumption departs from the sealed rules, and those left out."""
    found = [
        RuleChange(f"criteria[{code}].weight", format_weight(before), format_weight(assumed.weights[code]))
        for code, before in recorded.weights.items()
        if before != assumed.weights[code]
    ]
    found += diff_rules(recorded.rules, assumed.rules)
    found += [RuleChange("reviews", person, None) for person in sorted(assumed.without)]
    return tuple(found)


def list_not_simulated(recorded: RoundRecord, rules: RoundRules | None) -> tuple[str, ...]:
    """Return the places where other rules differ from the sealed ones without any effect on a simulation."""
    differing = diff_rules(recorded.rules, rules) if rules else []
    weights = {f"criteria[{code}].weight" for code in recorded.weights}
    return tuple(
        item.path for item in differing if item.path not in weights and not item.path.startswith(SIMULATED)
    )


def format_weight(weight: Fraction) -> str:
    """Return a weight for people's eyes, to two places at most."""
    text = f"{Decimal(round(weight * 100)).scaleb(-2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _mix_rules(sealed: RoundRules, other: RoundRules, values: Mapping[str, Any]) -> RoundRules:
    """Return the sealed rules with what is simulated taken from others, then with single values.

    The others may be sound and the mixture not, such as valid reviews there above the seats here. Read as a rules file
    is, so that what is refused, and how it is said, is the same.
    """
    data, source = sealed.model_dump(mode="json"), other.model_dump(mode="json")
    data |= {name: source[name] for name in ("tie_break", "trim", "shortlist", "places")}
    data["panel"]["min_valid"] = source["panel"]["min_valid"]
    for path, value in values.items():
        *sections, name = path.split(".")
        place = data
        for section in sections:
            place = place[section]
        place[name] = value
    # The sealed offsets stay, whatever the zone database says by now: reading fills in those of today.
    data["clock"] = {key: value for key, value in data["clock"].items() if key not in ("offset", "shifts")}
    return read_rules(json.dumps(data), sealed.assurance).with_(clock=sealed.clock)


def _weights(base: Mapping[str, Fraction], named: Mapping[str, str]) -> Mapping[str, Fraction]:
    """Return all weights: those named, the others sharing what is left in the proportions that they had."""
    full = sum(base.values(), Fraction(0))
    faults = tuple(_faults_of_weights(base, named, full))
    if faults:
        raise RulesFaults(faults)
    given = {code: Fraction(Decimal(text)) for code, text in named.items()}
    others = {code: weight for code, weight in base.items() if code not in given}
    left, before = full - sum(given.values()), sum(others.values(), Fraction(0))
    if left < 0 or (left == 0) != (not others):
        raise RulesFaults((RulesFault("criteria", "weights_off", {"full": format_weight(full)}),))
    return {code: given[code] if code in given else base[code] * left / before for code in base}


def _faults_of_weights(
    base: Mapping[str, Fraction], named: Mapping[str, str], full: Fraction
) -> Iterator[RulesFault]:
    for code, text in named.items():
        path = f"criteria[{code}].weight"
        if code not in base:
            yield RulesFault(path, "unknown_code", {"other": f"criteria ({', '.join(base)})"})
        elif (fault := _fault_of_weight(text, full)) is not None:
            yield RulesFault(path, *fault)


def _fault_of_weight(text: str, full: Fraction) -> tuple[str, dict[str, str]] | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "not_a_number", {}
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        return "not_a_number", {}
    # Before it becomes a fraction: the exact value of 1e-999999999 does not fit into memory.
    if number <= 0:
        return "out_of_range", {"relation": "above", "relation_zh": "大于", "limit": "0"}
    if number > full:
        return "out_of_range", {"relation": "at most", "relation_zh": "不大于", "limit": format_weight(full)}
    return ("too_precise", {}) if exponent < -PLACES else None
