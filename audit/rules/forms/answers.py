"""The answers of each version fit the sealed form, as far as the bundle holds them.

What was withheld from the bundle or erased since is not looked at, and counted.
"""

from audit.claims import Sentences
from audit.rules.draw_contents import Held
from audit.rules.fold import Record, Step
from audit.rules.forms.version import Version, read_base64
from audit.rules.forms.walk import Unfit
from audit.rules.rule_runner import Rule
from selection.application import events as a
from selection.decision.aggregate import Event
from selection.forms.one_text import application_form

CODE = "answers-fit-form"


class AnswersFitForm:
    """The claim about answers; `withheld` counts the versions of which not all answers are held."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = frozenset({a.ApplicationSubmitted, a.ApplicationMended})

    def __init__(self, bundle: Held) -> None:
        self._bundle = bundle
        self.withheld = 0

    def see(self, step: Step) -> int:
        """Compare a version with the form. Raises Difference."""
        submission = step.leaf.data["submission"]
        form = application_form(step.rules.forms)
        stated = submission["form_version"]
        step.require(stated == form.version, "other-form-named", stated=stated)
        bodies = {
            item["id"]: self._read(item["id"])
            for item in (submission["form"], *(item["content"] for item in submission["personal"]))
        }
        self.withheld += None in bodies.values()
        shared = bodies[submission["form"]["id"]]
        if shared is not None:
            try:
                Version(form, submission, shared, bodies).see(step.rules, self._bundle)
            except Unfit as unfit:
                raise step.differs("answers-unfit-form", place=unfit.place) from None
        return 1

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0

    def _read(self, content: str) -> bytes | None:
        """Return a content's bytes; that they are those of the entry is the claim `contents-whole`."""
        found = self._bundle.content(content)
        return None if found is None else read_base64(found.content)


def form_rules(answers: AnswersFitForm) -> tuple[Rule, ...]:
    """Return the rule about the answers of each version."""
    return (answers,)


CLAIMS: Sentences = {
    CODE: (
        "Each version of an application names the sealed form, and the answers that the bundle holds fit it.",
        "申报的每一版本均载明封存的表单版本，证明包所含答案均符合该表单。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "answers-unfit-form": (
        "The answer at {place} does not fit the sealed form.",
        "{place} 处的答案不符合封存的表单。",
    ),
    "other-form-named": (
        "The version names the form {stated}, which is not the sealed one.",
        "该版本载明的表单 {stated} 并非封存的表单。",
    ),
}
"""What can be found instead."""
