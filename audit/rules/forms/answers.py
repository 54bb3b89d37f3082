"""The answers of each version, and of each act that has a form, fit the sealed form, as far as the bundle holds them.

What was withheld from the bundle or erased since is not looked at, and counted.
"""

from audit.claims import Sentences
from audit.rules.fold import Record, Step
from audit.rules.forms.version import HandedIn, Version, read_act, read_base64, read_version
from audit.rules.forms.walk import Unfit
from audit.rules.panel.draw_contents import Held
from audit.rules.rule_runner import Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.forms.built_in import find_form
from selection.forms.form import FormName
from selection.recommendation import events as n

CODE = "answers-fit-form"
FORMS: dict[type[Event], FormName] = {
    a.ApplicationSubmitted: "application",
    a.ApplicationMended: "application",
    a.ReviewSubmitted: "review",
    a.ReviewCorrected: "review",
    n.ApplicationRecommended: "opinion",
    a.SurveyReported: "survey",
    a.AppraisalRecorded: "appraisal",
    a.ObjectionRaised: "objection",
}
"""The form that what is handed in with an event is held to."""
PUBLISHING = (a.NoticeOpened, a.ApplicationListed)
"""What brings answers before everyone."""


class AnswersFitForm:
    """The claim about answers; `withheld` counts the forms of which not all answers are held."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = frozenset({*FORMS, *PUBLISHING})

    def __init__(self, bundle: Held) -> None:
        self._bundle = bundle
        self.withheld = 0

    def see(self, step: Step) -> int:
        """Compare what was handed in with the form. Raises Difference."""
        data = step.leaf.data
        if isinstance(step.event, PUBLISHING):
            _see_published(step)
            return 1
        form = find_form(step.rules.forms, FORMS[type(step.event)])
        answered = data["submission"] if "submission" in data else data["form"]
        if form is None or answered is None:
            step.require(form is not None or answered is None, "no-form-asked")
            step.require(form is None, "no-form-answered")
            return 1
        handed_in = read_version(data["submission"]) if "submission" in data else read_act(data["form"])
        step.require(handed_in.version == form.version, "other-form-named", stated=handed_in.version)
        bodies = self._read_all(handed_in)
        self.withheld += None in bodies.values()
        if bodies[handed_in.shared] is not None:
            try:
                Version(form, handed_in, bodies).see(
                    step.rules, self._bundle, lambda code: _is_in_force(step, code)
                )
            except Unfit as unfit:
                raise step.differs("answers-unfit-form", place=unfit.place) from None
        return 1

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0

    def _read_all(self, handed_in: HandedIn) -> dict[str, bytes | None]:
        """Return the bytes of the contents that are held; that they are those of the entry is `contents-whole`."""
        found = {content: self._bundle.content(content) for content in handed_in.contents}
        return {
            content: None if kept is None else read_base64(kept.content) for content, kept in found.items()
        }


def _see_published(step: Step) -> None:
    """See that what is published is what the version has for everyone: with the notice, without one with the list."""
    before, stated = step.before, step.leaf.data.get("public")
    assert isinstance(before, ApplicationState)
    assert before.submission is not None
    shown_before = isinstance(step.event, a.ApplicationListed) and before.noticed
    found = None if shown_before else before.submission.public
    step.require(stated == (found and {"id": found.id, "sha256": found.sha256}), "published-differs")


def _is_in_force(step: Step, code: str) -> bool:
    """Tell whether the register had a unit in force at the place of the entry. Raises NotHeld without a register."""
    register = require_register(step.record.register, step.leaf, step.point)
    unit = register.unit(code, step.leaf.register_size)
    return unit is not None and unit.active


def form_rules(answers: AnswersFitForm) -> tuple[Rule, ...]:
    """Return the rule about the answers of each form that was handed in."""
    return (answers,)


CLAIMS: Sentences = {
    CODE: (
        "Each version of an application and each act with a form names the sealed one; the answers held here fit it."
        " Those for everyone are published with the notice, or with the list where there is no notice.",
        "申报的每一版本及每项须填表单的行为均载明封存的表单版本，证明包所含答案均符合该表单；"
        "公开部分随公示公开，无公示的随名单公开。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "answers-unfit-form": (
        "The answer at {place} does not fit the sealed form.",
        "{place} 处的答案不符合封存的表单。",
    ),
    "no-form-answered": (
        "It has no answers to the form that the rules ask for.",
        "未附规则所要求的表单答案。",
    ),
    "no-form-asked": (
        "It has answers to a form that the rules do not have.",
        "所附答案的表单在规则中并不存在。",
    ),
    "other-form-named": (
        "It names the form {stated}, which is not the sealed one.",
        "所载明的表单 {stated} 并非封存的表单。",
    ),
    "published-differs": (
        "It publishes other answers than the version of the application has for everyone.",
        "所公开的答案并非该申报版本中的公开部分。",
    ),
}
"""What can be found instead."""
