"""The visitor's own review, to be corrected: what it says now, and how often it was corrected."""

from typing import Any

from portal.faults import Fault
from portal.forms.refilling import refill
from portal.forms.typed import SCORE, Typed
from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue
from reading.errors import Hidden
from reading.models import RoundForm
from selection.application.review.correction_events import ReviewCorrected
from selection.application.review.score_events import ReviewSubmitted
from selection.forms.faults import Unreadable
from selection.forms.json_text import read_json

KINDS = (ReviewSubmitted.TYPE, ReviewCorrected.TYPE)


async def count_corrections(setting: Setting) -> KnownValue:
    """Return which correction this one is. Raises Fault for who has no review."""
    number = int((await _find(setting)).get("number", 0)) + 1
    return KnownValue(number, str(number), str(number))


async def prefill_review(setting: Setting, form: RoundForm | None) -> Typed:
    """Return scores and answers of the review as it counts now; of answers that cannot be read any more, nothing."""
    data = await _find(setting)
    scores = {f"{SCORE}{code}": (str(score),) for code, score in data.get("scores", {}).items()}
    if form is None:
        return scores
    handed_in = data.get("form", {})
    ids = [handed_in[part]["id"] for part in ("answers", "told") if handed_in.get(part)]
    reads, who = setting.visit.reads.contents, setting.visit.subject
    answers: dict[str, Any] = {}
    try:
        for text in (await reads.list_texts(who, ids, of=setting.spot.stream)).values():
            read = read_json(text.encode())
            answers |= read if isinstance(read, dict) else {}
    except (Hidden, Unreadable):
        return scores
    return {**scores, **refill(form.form, answers)}


async def _find(setting: Setting) -> dict[str, Any]:
    """Return what the latest entry of the visitor's own review says. Raises Fault."""
    visit = setting.visit
    entries = await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream)
    own = [
        entry.view["data"]
        for entry in entries
        if entry.view["type"] in KINDS and entry.view["data"].get("expert") == visit.subject.person
    ]
    if not own:
        raise Fault("nothing-awaited", 404)
    return dict(own[-1])
