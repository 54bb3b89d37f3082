"""Forms that change in a round in memory: what the record would find of answers, and changes as chance has them."""

from contextlib import suppress
from random import Random
from typing import Any, Protocol

from selection.carry.to_application import BATCHES
from selection.forms.changing.mending import find_changed, read_present
from selection.forms.changing.moving import find_moved_faults
from selection.forms.checking import AnswerChecker
from selection.forms.form import FormName
from selection.forms.handed_in import Fitting, SentForm, make_fitting, name_questions
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.round.commands import AmendForm
from selection.round.state import RoundState
from tests import factories as f


class AmendableRound(Protocol):
    """A round whose forms change."""

    @property
    def round(self) -> Any:
        """The round's desk."""

    def applications(self, *stages: Stage) -> list[Any]:
        """The states of the applications in these stages."""

    def carry_out(self, *streams: str) -> None:
        """Have applications carry out the round's decision."""


def fit(state: RoundState, filled: SentForm, found: Fitting, before: SentForm | None = None) -> Fitting:
    """Return what the record would find: of another version that, of what is moved all, else what was set.

    Of a version that is mended what stands in its entry is compared with the one before.
    """
    forms = state.forms
    form = forms.find_version(filled.name, filled.version) if filled.held_to == "named" else None
    form = form or forms.find(filled.name)
    if form is None:
        return found
    if filled.held_to == "moved":
        assert state.sealed is not None
        bodies = {ref.id: f.content(ref.id.partition(".")[0]) for ref in filled.contents}
        return make_fitting(find_moved_faults(AnswerChecker(form, state.sealed), forms, filled, bodies, {}))
    if form.version != filled.version:
        return Fitting(other=form.version)
    old, new = (read_present(form, sent, {}) if sent else None for sent in (before, filled))
    changed = () if old is None or new is None else find_changed(form, old, new, {})
    return found.with_(changed=name_questions(changed))


def put_in_force(made: AmendableRound, command: AmendForm) -> None:
    """Put another version of a form in force, and tell whoever has it in hand."""
    made.round.act(command, f.OFFICER)
    kind = made.round.state.batch.partition("/")[0]
    if kind:
        made.carry_out(*(state.stream for state in made.applications(*BATCHES[kind])))


def amend(made: AmendableRound, chance: Random, name: FormName, chances: int) -> None:
    """Change a form at times, and at times too late or once it was used."""
    if chance.randrange(100) >= chances:
        return
    old = made.round.state.forms.find(name)
    new = f.change_form(old, required=chance.randrange(100) < 70)
    with suppress(Refused):
        put_in_force(made, f.amend_form(old, new, name))


def pick_version(made: AmendableRound, chance: Random, name: FormName) -> str:
    """Return the version in force, and at times the one that was sealed."""
    versions: list[str] = [form.version for form in made.round.state.forms.versions(name)]
    return versions[0] if chance.randrange(100) < 10 else versions[-1]


def in_form(made: AmendableRound, chance: Random, review: Any) -> Any:
    """Return a review, or a correction of one, under such a version."""
    return review.with_(form=f.review_form(version=pick_version(made, chance, "review")))
