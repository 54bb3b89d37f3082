"""What a checked application came near to stood before who ruled on it, as far as the answers are held.

Compared are its answers with the held directions of the rules, and with those of the other bids of its units and of
whoever handed it in.
"""

from collections.abc import Iterable

from audit.bundle.content_reads import ContentSource
from audit.bundle.unit_spelling import spell_units
from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.forms.near import are_twins, find_near, read_texts
from audit.rules.forms.version import read_base64
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.application.submission import Submission
from selection.decision.aggregate import Event
from selection.kernel.stages import Outcome, Stage

CODE = "similar-in-view"
CHECKED: frozenset[type[Event]] = frozenset((a.CheckPassed, a.CheckFailed))
ON_DIRECTIONS = {"direction-held", "direction-similar"}


class SimilarInView(EntryRule):
    """The claim about held directions and forms handed in twice."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = CHECKED

    def __init__(self, bundle: ContentSource) -> None:
        self._bundle = bundle

    def see(self, step: Step) -> int:
        """Compare what an entry names with what the answers come near to. Raises Difference."""
        event, found = step.event, step.of(ApplicationState)
        assert isinstance(event, a.CheckPassed | a.CheckFailed)
        if isinstance(event, a.CheckPassed):
            step.require(not event.directions or "direction-similar" in event.rulings, "near-unruled")
            step.require(not event.twins or "same-form" in event.rulings, "near-unruled")
        looks = isinstance(event, a.CheckPassed) or ON_DIRECTIONS & {*event.grounds}
        twins = isinstance(event, a.CheckPassed) or "same-form" in event.grounds
        texts = self._read(found.before.submission)
        if texts is None:
            return 1
        if looks:
            self._see_directions(found, texts, event.directions)
        if twins:
            self._see_twins(found, texts, event.twins)
        return 1

    def _see_directions(self, step: ApplicationStep, texts: list[str], named: Iterable[str]) -> None:
        submission = step.before.submission
        assert submission is not None
        names = [name for name in (submission.name_zh, submission.name_en) if name]
        near = find_near([*names, *texts], step.rules.held_directions)
        step.require({*near} == {*named}, "near-not-named", near=", ".join(near) or "-")

    def _see_twins(self, step: ApplicationStep, texts: list[str], named: Iterable[str]) -> None:
        one, numbers = step.before, set(named)
        assert one.submission is not None
        units = set(spell_units(one.submission))
        for other in step.record.applications.values():
            handed_in = other.submission
            if other.number == one.number or handed_in is None or not _bids(other):
                continue
            beside = bool(units & set(spell_units(handed_in))) or other.agent == one.agent
            theirs = self._read(handed_in) if beside else []
            if theirs is not None:
                found = beside and are_twins(texts, theirs)
                step.require(found == (other.number in numbers), "near-not-named", near=other.number)

    def _read(self, handed_in: Submission | None) -> list[str] | None:
        """Return the texts of a version, None where not all are held."""
        texts: list[str] = []
        for ref in (handed_in.form, handed_in.public) if handed_in is not None else ():
            kept = self._bundle.content(ref.id) if ref is not None else None
            if ref is not None and kept is None:
                return None
            texts += read_texts(read_base64(kept.content)) if kept is not None else ()
        return texts


def _bids(state: ApplicationState) -> bool:
    gone = state.stage in (Stage.NEW, Stage.WITHDRAWN)
    return not gone and state.outcome not in (Outcome.WITHDRAWN.value, Outcome.NEVER_SUBMITTED.value)


def in_view_rules(bundle: ContentSource) -> tuple[Rule, ...]:
    """Return the rule about what a checked application came near to."""
    return (SimilarInView(bundle),)


CLAIMS: Sentences = {
    CODE: (
        "Whoever passed an application, or failed it for its direction or form, named the held directions and the"
        " bids of the same units that its answers come near to, as far as these are held here; passing, they ruled on"
        " each.",
        "凡通过审查，或以研究方向、申报书重复为由不通过的，均载明了与之相近的已布局方向和同一单位内容基本相同的申报"
        "（以证明包所含答案为限）；通过的，均逐项作出裁定。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "near-not-named": (
        "What the answers come near to is not what the entry names: {near}.",
        "答案所相近的内容与条目所载明的不一致：{near}。",
    ),
    "near-unruled": (
        "The application passed without a ruling on what it is named to come near to.",
        "申报通过审查，却未就所载明的相近内容作出裁定。",
    ),
}
"""What can be found instead."""
