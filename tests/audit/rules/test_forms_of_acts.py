"""Whatever form a round has for its reviews: what fits goes through the act and is found to fit again offline."""

import asyncio
import base64
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from audit.bundle.layout import KeptContent
from audit.rules.forms.version import Version, read_act
from audit.rules.forms.walk import Unfit
from selection.application import commands as c, events as e
from selection.decision.facts import Facts, FactsRequest
from selection.forms.checking import AnswerChecker
from selection.forms.form import Form
from selection.forms.handed_in import FAULTS_NAMED, AnsweredForm, get_form_of_act, make_fitting
from selection.forms.parts import Answers, PersonalAnswer, split_answers
from selection.forms.reading import find_unfit, read_answers
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from starter.demo.acts.answers import fill_form
from starter.demo.example import load_example
from starter.people.handing_in import list_faults, store_form
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.forms.strategies import forms_with_answers
from tests.selection.forms.test_properties import break_answers, hand_in

pytestmark = pytest.mark.long

ONE = f.actor("expert-1")


class Store:
    """The contents that a reviewer stored, by id."""

    def __init__(self, bodies: dict[str, bytes] | None = None) -> None:
        self.bodies = bodies or {}

    async def put_text(self, text: str) -> Ref:
        content = f"content-{len(self.bodies)}"
        self.bodies[content] = text.encode()
        return f.ref(content)

    def content(self, content_id: str) -> KeptContent | None:
        body = self.bodies.get(content_id)
        if body is None:
            return None
        kept = {"id": content_id, "sha256": "", "salt": "", "media_type": "text/plain"}
        return KeptContent(**kept, content=base64.b64encode(body).decode())


def reviewer(form: Form, store: Store) -> Desk:
    """An application in its review, whose rules have this form; one expert has accepted."""
    desk = paths.application_in(Stage.REVIEW)
    desk.act(f.accept(), ONE)
    checker, told = AnswerChecker(form, f.RULES), desk.learn

    def learn(request: FactsRequest) -> Facts:
        found = told(request)
        if request.filled is None:
            return found
        assert request.filled.name == "review"
        return found.with_(fitting=make_fitting(find_unfit(checker, request.filled, store.bodies, {})))

    desk.learn = learn  # type: ignore[method-assign]
    return desk


def store_answers(form: Form, answers: Answers, store: Store) -> AnsweredForm:
    return asyncio.run(store_form(form, answers, store.put_text))


def place_found(form: Form, event: e.ReviewSubmitted, store: Store) -> str | None:
    """Where the auditor finds that the entry does not fit the form."""
    data = event.model_dump(mode="json")["form"]
    try:
        handed_in = read_act(data)
        bodies: dict[str, bytes | None] = {name: store.bodies.get(name) for name in handed_in.contents}
        Version(form, handed_in, bodies).see(f.RULES, store, lambda code: True)
    except Unfit as unfit:
        return unfit.place
    return None


@settings(max_examples=60, deadline=None)
@given(forms_with_answers())
def test_what_fits_goes_through_the_act_and_fits_again_offline(drawn: tuple[Form, Answers]) -> None:
    form, answers = drawn
    store = Store()
    if list_faults(form, f.RULES, answers, {}):
        # A file that stands twice: the only fault that the drawn answers may have.
        return
    event = reviewer(form, store).act(
        c.SubmitReview(scores=f.scores(), form=store_answers(form, answers, store)), ONE
    )[0]
    assert isinstance(event, e.ReviewSubmitted)
    assert event.form.version == form.version
    assert read_answers(form, get_form_of_act("review", event.form), store.bodies) == answers
    assert place_found(form, event, store) is None
    for_applicant = {field.code for field in form.fields() if field.told} & answers.keys()
    told = store.bodies[event.form.told.id] if event.form.told else b"{}"
    assert told == canonical_bytes({code: answers[code] for code in for_applicant})


@settings(max_examples=60, deadline=None)
@given(forms_with_answers(), st.data())
def test_what_does_not_fit_is_refused_with_every_fault_and_found_offline(
    drawn: tuple[Form, Answers], data: st.DataObject
) -> None:
    form, answers = drawn
    field = data.draw(st.sampled_from(list(form.fields())))
    if field.code not in answers or list_faults(form, f.RULES, answers, {}):
        return
    broken: Any = data.draw(st.sampled_from(break_answers(field, answers[field.code])))
    parts = split_answers(form, answers)
    for part in (parts.shared, parts.told, parts.personal):
        if field.code in part:
            part[field.code] = broken
    for place in [place for place in parts.personal if place.startswith(f"{field.code}[")]:
        # What is personal of a row lies elsewhere, and would make it whole again.
        del parts.personal[place]
    filled, bodies = hand_in(parts, form, answers)
    store = Store(bodies)
    assert filled.shared is not None
    kept = AnsweredForm(
        version=form.version,
        answers=filled.shared,
        told=filled.told,
        personal=filled.personal,
        files=filled.files,
    )
    desk = reviewer(form, store)
    with pytest.raises(Refused) as refused:
        desk.act(c.SubmitReview(scores=f.scores(), form=kept), ONE)
    assert refused.value.code == "answers-unfit"
    wanted = {
        fault.for_record for fault in AnswerChecker(form, f.RULES).check({**answers, field.code: broken})
    }
    named = set(refused.value.params["faults"].split(", "))
    all_told = wanted <= named or (len(named) == FAULTS_NAMED and named <= wanted)
    assert all_told or named == {f"{field.code} parts-differ"} or "(form) parts-differ" in named
    assert desk.state.reviews == ()
    assert place_found(form, make_review_submitted(kept), store) is not None


def make_review_submitted(form: AnsweredForm) -> e.ReviewSubmitted:
    """The entry that a record would hold which took the form in all the same."""
    return e.ReviewSubmitted(seat=1, expert="expert-1", scores=f.scores(), total=Decimal(80), form=form)


REVIEW = load_example().rules.forms.review


def test_neither_comment_can_stand_for_the_other() -> None:
    """What is for the panel, handed in as what is for the applicant, would be told to them; and the other way round."""
    assert REVIEW is not None
    answers = fill_form(REVIEW, f.RULES, "0001", 1)
    store = Store()
    sound = store_answers(REVIEW, answers, store)
    assert sound.told is not None
    desk = reviewer(REVIEW, store)
    whole = asyncio.run(store.put_text(canonical_bytes(answers).decode()))
    nothing = asyncio.run(store.put_text("{}"))
    for told, kept in (
        (None, whole),
        (whole, nothing),
        (nothing, sound.answers),
        (sound.answers, sound.told),
        (sound.answers, sound.answers),
        (sound.told, sound.told),
        (None, sound.answers),
        (None, sound.told),
    ):
        changed = replace(sound, told=told, answers=kept)
        assert desk.refuse(c.SubmitReview(scores=f.scores(), form=changed), ONE) == "answers-unfit"
        assert place_found(REVIEW, make_review_submitted(changed), store) is not None
    for version in ("one-review", "second-batch-1", ""):
        other = replace(sound, version=version)
        assert desk.refuse(c.SubmitReview(scores=f.scores(), form=other), ONE) == "answers-unfit"
    assert desk.act(c.SubmitReview(scores=f.scores(), form=sound), ONE)


def test_a_file_of_a_review_is_named_by_an_answer_and_no_answer_names_another_content() -> None:
    assert REVIEW is not None
    store = Store()
    sound = store_answers(REVIEW, fill_form(REVIEW, f.RULES, "0001", 1), store)
    desk = reviewer(REVIEW, store)
    for files in ((sound.answers,), (f.ref("another"),)):
        changed = replace(sound, files=files)
        assert desk.refuse(c.SubmitReview(scores=f.scores(), form=changed), ONE) == "answers-unfit"
        assert place_found(REVIEW, make_review_submitted(changed), store) == "(form)"
    field = REVIEW.sections[-1].fields[-1]
    personal = (PersonalAnswer(answer=field.code, content=sound.answers),)
    changed = replace(sound, personal=personal)
    assert desk.refuse(c.SubmitReview(scores=f.scores(), form=changed), ONE) == "answers-unfit"
    assert place_found(REVIEW, make_review_submitted(changed), store) is not None


def test_a_correction_is_held_to_the_form_as_the_review_is() -> None:
    assert REVIEW is not None
    store = Store()
    sound = store_answers(REVIEW, fill_form(REVIEW, f.RULES, "0001", 1), store)
    anew = store_answers(REVIEW, fill_form(REVIEW, f.RULES, "0001, anew", 2), store)
    desk = reviewer(REVIEW, store)
    desk.act(c.SubmitReview(scores=f.scores(), form=sound), ONE)
    correct = c.CorrectReview(scores=f.scores(), form=anew, number=1, reason=f.ref("reason"))
    for changed in (
        replace(anew, told=anew.answers),
        replace(anew, told=None),
        replace(anew, answers=sound.told or sound.answers),
        replace(anew, version="one-review"),
        replace(anew, files=(f.ref("another"),)),
    ):
        assert desk.refuse(correct.model_copy(update={"form": changed}), ONE) == "answers-unfit"
    assert desk.refuse(correct.model_copy(update={"form": sound}), ONE) == "nothing-corrected"
    (event,) = desk.act(correct, ONE)
    assert isinstance(event, e.ReviewCorrected)
    assert (event.form, event.total, event.former_total) == (anew, Decimal(80), Decimal(80))
    assert place_found(REVIEW, event, store) is None
