"""What the check sent an application back for, and at which fields of its form that is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.applying.filling import Filling
from portal.visit import Visit
from selection.application.check.events import SentBack
from selection.forms.fields import Entry
from selection.forms.form import Form
from selection.rules.grounds import Ground

ABOUT: Mapping[str, tuple[Entry, ...]] = {
    "agreement-missing": ("agreement",),
    "co-builder-unconfirmed": ("co_builders",),
    "direction-held": ("field",),
    "excluded-field": ("field",),
    "fund-below-minimum": ("fund_yuan",),
    "outside-field": ("field",),
    "same-kind-bid": ("host", "co_builders"),
    "seals-missing": ("seals",),
    "staff-below-minimum": ("staff",),
}
"""By a ground that the engine knows, the places of the entry that it is about; others stand above the form."""

NOT_BY_FORM = frozenset({"co-builder-unconfirmed"})
"""The grounds that are cured beside the form: a co-builder confirms its part by an act of its own."""


@dataclass(frozen=True)
class CheckFaults:
    """The grounds that were named, and what the officer wrote."""

    grounds: tuple[Ground, ...]
    text: str

    def note(self, form: Form, language: str) -> dict[str, tuple[str, ...]]:
        """Return what to say beside each field that a ground is about, by its code."""
        found: dict[str, tuple[str, ...]] = {}
        for ground in self.grounds:
            for code in _list_about(ground, form):
                said = ground.zh if language == "zh" else ground.en
                found[code] = (*found.get(code, ()), said)
        return found

    def list_open(self, form: Form, kept: Collection[str], changed: Collection[str]) -> frozenset[str]:
        """Return the fields to be corrected: those a ground is about, as long as none of them was changed.

        What is `kept` nobody can correct, nor what waits for somebody else.
        """
        cured = [ground for ground in self.grounds if ground.code not in NOT_BY_FORM]
        fields = [_list_about(ground, form) - frozenset(kept) for ground in cured]
        return frozenset().union(*(codes for codes in fields if codes.isdisjoint(changed)))


def _list_about(ground: Ground, form: Form) -> frozenset[str]:
    """Return the fields of a form that a ground is about, by their codes."""
    fields = (form.by_entry.get(entry) for entry in ABOUT.get(ground.code, ()))
    return frozenset(field.code for field in fields if field is not None)


async def find_faulted(visit: Visit, filling: Filling) -> CheckFaults | None:
    """Return what the latest send-back says, as far as it shows; None of an application that is not to be mended."""
    if not filling.mends:
        return None
    stream = filling.stream
    entries = await visit.reads.applications.list_timeline(visit.subject, stream)
    latest = next(
        (entry.view["data"] for entry in reversed(entries) if entry.view["type"] == SentBack.TYPE), None
    )
    if latest is None:
        return None
    named = {ground.code: ground for ground in filling.words.grounds}
    content = latest.get("text", {}).get("id", "")
    texts = await visit.reads.contents.list_texts(visit.subject, [content], of=stream) if content else {}
    return CheckFaults(
        grounds=tuple(named[code] for code in latest.get("faults", ()) if code in named),
        text=texts.get(content, ""),
    )
