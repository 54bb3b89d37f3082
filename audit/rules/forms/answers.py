"""The answers of each version, and of each act that has a form, fit the form in force, as far as they are held.

What was withheld from the bundle or erased since is not looked at, and counted.
"""

from audit.bundle.content_reads import ContentSource
from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.forms.in_force import FormsSeen
from audit.rules.forms.version import Version, read_act, read_all, read_version
from audit.rules.forms.walk import Unfit
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.forms.form import Form, FormName
from selection.recommendation import events as n
from selection.round import events as r

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


class AnswersFitForm(EntryRule):
    """The claim about answers; `withheld` counts the forms of which not all answers are held."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = frozenset({*FORMS, *PUBLISHING, r.FormAmended})

    def __init__(self, bundle: ContentSource) -> None:
        self._bundle = bundle
        self._seen = FormsSeen()
        self.withheld = 0

    def see(self, step: Step) -> int:
        """Compare what was handed in with the form. Raises Difference."""
        data = step.leaf.data
        if isinstance(step.event, r.FormAmended):
            self._seen.take(step)
            return 0
        if isinstance(step.event, PUBLISHING):
            _see_published(step)
            return 1
        form = self._find_form(step)
        answered = data["submission"] if "submission" in data else data["form"]
        if form is None or answered is None:
            step.require(form is not None or answered is None, "no-form-asked")
            step.require(form is None, "no-form-answered")
            return 1
        handed_in = read_version(data["submission"]) if "submission" in data else read_act(data["form"])
        step.require(handed_in.version == form.version, "other-form-named", stated=handed_in.version)
        bodies = read_all(handed_in, self._bundle)
        self.withheld += None in bodies.values()
        if bodies[handed_in.shared] is not None:
            try:
                Version(form, handed_in, bodies).see(
                    step.rules, self._bundle, lambda code: _is_in_force(step, code)
                )
            except Unfit as unfit:
                raise step.differs("answers-unfit-form", place=unfit.place) from None
        return 1

    def _find_form(self, step: Step) -> Form | None:
        """Return the version that is to be answered: the one in force, of a mended version that of the one before."""
        name, before = FORMS[type(step.event)], step.before
        if not (isinstance(step.event, a.ApplicationMended) and isinstance(before, ApplicationState)):
            return self._seen.in_force(step, name)
        kept = before.submission.form_version if before.submission else ""
        return next((form for form in self._seen.versions(step, name) if form.version == kept), None)


def _see_published(step: Step) -> None:
    """See that what is published is what the version has for everyone: with the notice, without one with the list."""
    before, stated = step.before, step.leaf.data.get("public")
    assert isinstance(before, ApplicationState)
    assert before.submission is not None
    shown_before = isinstance(step.event, a.ApplicationListed) and before.noticed
    found = None if shown_before else before.submission.public
    step.require(stated == (found and {"id": found.id, "sha256": found.sha256}), "published-differs")


def _is_in_force(step: Step, code: str) -> bool:
    """Tell whether the register had a unit in force as the entry saw it. Raises NotInBundle without a register."""
    register = require_register(step.record.register, step.leaf, step.point)
    unit = register.units.unit(code, step.leaf.register_size)
    return unit is not None and unit.active


def form_rules(answers: AnswersFitForm) -> tuple[Rule, ...]:
    """Return the rule about the answers of each form that was handed in."""
    return (answers,)


CLAIMS: Sentences = {
    CODE: (
        "Each version of an application and each act with a form names the one in force; the answers held here fit it."
        " Those for everyone are published with the notice, or with the list where there is no notice.",
        "申报的每一版本及每项须填表单的行为均载明当时适用的表单版本，证明包所含答案均符合该表单；"
        "公开部分随公示公开，无公示的随名单公开。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "answers-unfit-form": (
        "The answer at {place} does not fit the form in force.",
        "{place} 处的答案不符合当时适用的表单。",
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
        "It names the form {stated}, which was not the one in force.",
        "所载明的表单 {stated} 并非当时适用的表单。",
    ),
    "published-differs": (
        "It publishes other answers than the version of the application has for everyone.",
        "所公开的答案并非该申报版本中的公开部分。",
    ),
}
"""What can be found instead."""
