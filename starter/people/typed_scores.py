"""Scores as a reviewer types them beside the answers of the review form: asked for by the rules' criteria."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reading.models import RoundForm
from selection.forms.faults import AnswerFault
from selection.forms.template import say_in
from selection.kernel.typed_numbers import narrow_number
from starter.people.filled_file import FilledFile

SCORES = "scores"
_SCORE = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")


def write_score_lines(form: RoundForm) -> list[str]:
    """Return the lines of a template that ask for the scores."""
    spoken = form.languages
    lines = ["", f"# ==== {say_in(spoken, '评分', 'Scores')} ====", f"{SCORES}:"]
    for item in form.criteria:
        step = say_in(spoken, "步长", "in steps of")
        lines += [
            f"  # {say_in(spoken, item.zh, item.en)}; 0–{item.top}, {step} {form.score_step}",
            f"  {item.code}:",
        ]
    return lines


def find_score_faults(form: RoundForm, typed: Any) -> Iterator[AnswerFault]:
    """Yield the faults of scores as they were typed: one for each criterion, on its scale and by the rules' step."""
    if not isinstance(typed, dict):
        wanted = {"wanted": "a mapping of fields to answers", "wanted_zh": "项目与答案的映射"}
        yield AnswerFault(SCORES, "wrong-type", wanted)
        return
    scales = {item.code: item.top for item in form.criteria}
    if typed.keys() - scales.keys():
        yield AnswerFault(f"{SCORES}.?", "unknown-field")
    for code, scale in scales.items():
        path, said = f"{SCORES}.{code}", typed.get(code)
        if said in (None, ""):
            yield AnswerFault(path, "missing")
            continue
        score = _read(said)
        if score is None:
            yield AnswerFault(path, "not-a-number", {"places": str(_places(form.score_step))})
        elif not 0 <= score <= scale:
            yield AnswerFault(path, "out-of-range", _limit(score, scale))
        elif score % form.score_step:
            yield AnswerFault(path, "not-a-step", {"step": str(form.score_step)})


def check_review(form: RoundForm, filled: FilledFile) -> list[AnswerFault]:
    """Return every fault of a review: of its scores, then of its answers."""
    return [*find_score_faults(form, filled.beside.get(SCORES)), *filled.check()]


def read_scores(typed: dict[str, Any]) -> dict[str, Decimal]:
    """Return scores without faults."""
    return {code: found for code, said in typed.items() if (found := _read(said)) is not None}


def _read(said: Any) -> Decimal | None:
    text = narrow_number(str(said))
    return Decimal(text) if _SCORE.fullmatch(text) else None


def _places(step: Decimal) -> int:
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _limit(score: Decimal, scale: Decimal) -> dict[str, str]:
    if score < 0:
        return {"relation": "at least", "relation_zh": "不小于", "limit": "0"}
    return {"relation": "at most", "relation_zh": "不大于", "limit": str(scale)}
