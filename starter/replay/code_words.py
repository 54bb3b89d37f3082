"""What a replay calls the codes of a state: by the core's tables, and by the rules of its round."""

from collections.abc import Callable
from fractions import Fraction

from selection.application.appraisal.sentences import VOTES
from selection.application.settling.sentences import WAYS_OUT
from selection.forms.fields import UnitField
from selection.kernel.instants import show_issue
from selection.kernel.named import Named
from selection.kernel.stages import Names
from selection.rules.model import RoundRules
from selection.wording.bound_by import TIES
from selection.wording.code_names import (
    CHECKED,
    DEADLINES,
    DECISIONS,
    DUTIES,
    FALLS,
    FORMS,
    OUTCOMES,
    POSTS,
    ROLES,
    ROUND_STAGES,
    RUNGS,
    STAGES,
    STOOD,
    TASKS,
    VERDICTS,
    name_batch,
    name_of,
)
from selection.wording.round_words import words_of
from starter.cli.column_labels import VALUES

LISTS = {
    "field": "fields",
    "region": "regions",
    "priority": "priorities",
    "unit": "recommenders",
    "level": "levels",
    "passed": "levels",
    "source": "sources",
    "kind": "kinds",
}
"""The fields whose values are codes of a list of the rules, and the list."""
_KINDS_OF_TIES: Names = {**TIES, "parent": TIES["related-unit"], "subsidiary": TIES["related-unit"]}
CODES: dict[str, Names] = {
    "round_stage": ROUND_STAGES,
    "stage": {**ROUND_STAGES, **STAGES},
    "resumes": {**ROUND_STAGES, **STAGES},
    "closed": DEADLINES,
    "outcome": OUTCOMES,
    "verdict": VERDICTS,
    "status": VALUES,
    "vote": VOTES,
    "way": WAYS_OUT,
    "role": ROLES,
    "reporter": {"system": ROLES["system"]},
    "rung": RUNGS,
    "post": POSTS,
    "was": {**CHECKED, **STOOD},
    "void": FALLS,
    "tie": TIES,
    "kind": _KINDS_OF_TIES,
}
"""The fields whose values are codes of the process."""
HITS: dict[bool | None, tuple[str, str]] = {
    None: ("not yet ruled on", "待裁定"),
    True: ("cleared", "放行"),
    False: ("stands", "成立"),
}
"""What became of a hit of the integrity check."""
_KINDS_BY_KEY = {
    "chair": "appoint-chair",
    "co-building": "confirm-co-building",
    "deciders": "appoint-deciders",
    "examine": "appoint-examiners",
    "fraud": "rule-on-fraud",
    "integrity": "check-integrity",
    "integrity-hit": "rule-on-integrity-hit",
    "lobbying": "rule-on-lobbying",
    "objection": "settle-objection",
    "remedy": "record-remedy",
    "report": "rule-on-conflict",
    "request": "rule-on-request",
    "supplement": "supplement-panel",
    "survey-team": "appoint-survey-team",
}
"""The kinds of tasks whose keys begin otherwise."""
_DECISIONS: Names = {
    **DECISIONS,
    "integrity": CHECKED["checked"],
    "hit": CHECKED["cleared"],
}


class CodeWords:
    """Names codes in one language; one without a name stays as it is."""

    def __init__(self, rules: RoundRules | None, lang: str) -> None:
        self._lang = lang
        self._round = words_of(rules)
        self._named = {} if rules is None else _list_named(rules)
        self._keyed: dict[str, Callable[[str], str]] = {
            "approvals": lambda key: self.name_listed("levels", key),
            "deadlines": lambda key: name_of(DEADLINES, key, lang),
            "duties": lambda key: name_of(DUTIES, key, lang),
            "entered": self._name_decision,
            "form_changes": lambda key: name_of(FORMS, key, lang),
            "former": self._name_post,
            "hands": lambda key: name_of(DUTIES, key, lang),
            "holders": self._name_post,
            "made": self._name_decision,
            "missed": self._name_task,
            "reminded": self._name_task,
            "requests": lambda key: self._round.name_procedure(key, lang),
            "scores": lambda key: self.name_listed("criteria", key),
            "settling": lambda key: name_of(ROLES, key, lang),
            "since_of": self._name_task,
            "undone": self._name_decision,
        }

    def name_listed(self, listed: str, code: str) -> str:
        """Return the name of a code of a list of the rules."""
        pair = self._named.get((listed, code), (code, code))
        return pair[self._lang == "zh"]

    def list_codes(self, listed: str) -> list[str]:
        """Return the codes of a list of the rules, in its order."""
        return [code for of, code in self._named if of == listed]

    def name_key(self, within: str, key: str) -> str | None:
        """Return the name of a key of a field, None where its keys are ids or fields themselves."""
        name = self._keyed.get(within)
        return None if name is None else name(key)

    def field_of(self, path: str) -> str:
        """Return the field that says what a value is: the last of the path, but for a key that is a code itself."""
        within, _, last = path.rpartition(".")
        above = within.rpartition(".")[2]
        return above if above in self._keyed else last

    def name_value(self, field: str, value: str) -> str:
        """Return the name of a value of a field."""
        if field in ("batch", "finished_batch"):
            return name_batch(value, self._lang)
        if field == "issue":
            return show_issue(value, self._lang)
        if field == "remedy":
            return self._round.name_procedure(value, self._lang)
        if field == "decision":
            return self._name_decision(value)
        if (listed := LISTS.get(field)) and (listed, value) in self._named:
            return self.name_listed(listed, value)
        return name_of(CODES.get(field, {}), value, self._lang)

    def _name_task(self, key: str) -> str:
        head, *rest = key.split("/")
        if head == "panel" and rest:
            head, *rest = rest
        if head == "approve" and rest:
            rest[0] = self.name_listed("levels", rest[0])
        if head in ("deciders", "remedy", "request") and rest:
            rest[0] = self._round.name_procedure(rest[0], self._lang)
        if head in ("reverse-decision", "reverse-integrity-decision") and rest:
            rest = [self._name_decision("/".join(rest))]
        return self._join([name_of(TASKS, _KINDS_BY_KEY.get(head, head), self._lang), *rest])

    def _name_decision(self, name: str) -> str:
        kind, _, of = name.partition("/")
        return self._join([name_of(_DECISIONS, kind, self._lang), *filter(None, [of])])

    def _name_post(self, key: str) -> str:
        post, _, level = key.partition("/")
        return self._join(
            [name_of(POSTS, post, self._lang), *filter(None, [self.name_listed("levels", level)])]
        )

    def _join(self, parts: list[str]) -> str:
        return ("，" if self._lang == "zh" else ", ").join(parts)


def show_fraction(value: str) -> str:
    """Return a fraction as a decimal; one that has no end is rounded, and stands beside it as it is."""
    found = Fraction(value)
    shown = f"{float(round(found, 4)):.4f}".rstrip("0").rstrip(".")
    return shown if Fraction(shown) == found else f"{shown} ({value})"


def _list_named(rules: RoundRules) -> dict[tuple[str, str], tuple[str, str]]:
    lists = {
        "fields": rules.fields,
        "regions": rules.regions,
        "priorities": rules.priorities,
        "recommenders": rules.recommenders,
        "criteria": rules.criteria,
        "levels": rules.approval,
        "sources": rules.draws.sources,
        "kinds": _list_kinds(rules),
    }
    return {(listed, item.code): (item.en, item.zh) for listed, items in lists.items() for item in items}


def _list_kinds(rules: RoundRules) -> list[Named]:
    """Return the kinds of units that the sealed application form offers."""
    form = rules.forms.application
    units = [] if form is None else [field for field in form.fields() if isinstance(field, UnitField)]
    return [kind for field in units for kind in field.kinds]
