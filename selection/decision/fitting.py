"""What an act must answer in its form, as the facts of its decision have it."""

from selection.decision.aggregate import Context
from selection.decision.facts import find_citable
from selection.forms.form import FormName
from selection.forms.handed_in import AnsweredForm, SentForm, get_form_of_act
from selection.refusals.refused import Refused


def refuse_unanswered(name: FormName, form: AnsweredForm | None, context: Context) -> None:
    """Raise Refused unless answers fit the sealed form of this name, or there are none where the rules have none."""
    terms = context.facts.terms
    if terms is None or (form is None) is (name in terms.asks):
        raise Refused("missing" if form is None else "unknown-value", place="form")
    if form is not None:
        refuse_unfit(get_form_of_act(name, form), context, "form")


def refuse_unfit(filled: SentForm, context: Context, place: str) -> None:
    """Raise Refused `answers-unfit` with the faults of a form, handed in at `place`, that does not fit.

    Raises Refused `form-changed` for one that was filled in under another version than it is held to.
    Of answers that its sender may not cite nothing is told; that they may not is found after this.
    """
    fitting = context.facts.fitting
    if fitting is not None and fitting.other:
        raise Refused("form-changed", version=fitting.other)
    if fitting is not None and fitting.count:
        faults = ", ".join(fitting.told)
        raise Refused("answers-unfit", count=str(fitting.count), faults=faults)
    cited = (find_citable(ref, context.facts) for ref in (*filled.contents, *filled.files))
    if fitting is None and all(found is not None for found in cited):
        raise Refused("unknown-content", place=place)


def refuse_changed(context: Context, version: int) -> None:
    """Raise Refused `answers-kept` where a mended form answers otherwise what stays as in the version before it."""
    fitting = context.facts.fitting
    if fitting is not None and fitting.changed is not None:
        changed = fitting.changed
        raise Refused("answers-kept", version=str(version), questions=changed.en, questions_zh=changed.zh)
