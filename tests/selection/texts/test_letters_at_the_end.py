"""Of an application's end everyone is told who had to do with it, and nobody more than the visibility table shows."""

import pytest

from selection.application import events as a
from selection.kernel.actor import SYSTEM
from selection.kernel.instants import format_deadline
from selection.letters.rendering import render
from selection.letters.writing import Letter, list_outgoing
from selection.projections.rows import row_of
from selection.visibility.reading import visible_row
from selection.visibility.viewer import relation
from selection.wording.code_names import OUTCOMES
from selection.wording.round_words import USUAL
from tests.selection import story
from tests.selection.short_stories import short_applications
from tests.selection.story import RULES, Story
from tests.selection.visibility.viewing import MAIN, person

SHORT = {told.stream.rsplit("/", 1)[1]: told for told in short_applications()}
LISTED = {
    "agent-1": "listed",
    "partner-1": "co-building-ended",
    "recommender-1": "recommended-ended",
    "objector-1": "objected-ended",
    **dict.fromkeys(("expert-1", "expert-2", "expert-3", "expert-5", "expert-8", "expert-9"), "part-over"),
    **dict.fromkeys(("surveyor-1", "surveyor-2", "surveyor-3"), "part-over"),
}


def letters_of(told: Story, step: int) -> list[Letter]:
    found = told.steps[step]
    return [item for item in list_outgoing(found.before, found.leaf, found.after) if isinstance(item, Letter)]


def list_letters(told: Story, step: int = -1) -> dict[str, str]:
    return {letter.to: letter.template for letter in letters_of(told, step)}


def test_the_end_is_told_to_all_who_worked_on_it_and_to_nobody_who_gave_it_up() -> None:
    assert list_letters(MAIN) == LISTED


@pytest.mark.parametrize(
    ("number", "template"),
    [
        ("0003", "check-failed"),
        ("0004", "not-shortlisted"),
        ("0005", "not-selected"),
        ("0006", "removed"),
    ],
)
def test_who_recommended_is_told_the_outcome_beside_the_applicant(number: str, template: str) -> None:
    told = list_letters(SHORT[number])
    assert (told["agent-1"], told["recommender-1"]) == (template, "recommended-ended")


def test_whose_recommendation_does_not_count_any_more_is_not_told_how_it_ended() -> None:
    told = (
        Story("application/r/0001")
        .tell(story.AGENT, story.make_application_submitted(1))
        .tell(SYSTEM, story.make_recommendation(1))
    )
    told.tell(SYSTEM, a.RecommendationReleased(unit="prov-bj"))
    cancelled = Story(told.stream, [*told.steps]).tell(SYSTEM, a.ApplicationCancelled())
    assert list_letters(cancelled) == {"agent-1": "cancelled"}
    other = a.RecommendationTaken(unit="prov-sh", revision=1, agent="recommender-2")
    told.tell(SYSTEM, other, a.ApplicationNotSelected(proposal=1))
    assert list_letters(told) == {"agent-1": "not-selected", "recommender-2": "recommended-ended"}


def test_who_recommended_a_version_that_is_edited_or_withdrawn_is_told_as_it_was_called_then() -> None:
    steps = [list_letters(SHORT["0010"], step) for step in (-3, -1)]
    assert [told.get("recommender-1") for told in steps] == ["recommended-edited", "recommended-withdrawn"]
    told = Story("application/r/0001").tell(story.AGENT, story.make_application_submitted(1))
    edited = story.make_application_submitted(2)
    # Its region may be another, where who recommended the former version may not see this one.
    renamed = edited.with_(submission=edited.submission.with_(name_en="Secret Plan", name_zh="秘密计划"))
    told.tell(SYSTEM, story.make_recommendation(1)).tell(story.AGENT, renamed)
    by_reader = {letter.to: letter.params for letter in letters_of(told, -1)}
    assert by_reader["agent-1"]["centre_en"] == "Secret Plan"
    assert by_reader["recommender-1"]["centre_en"] == "Centre for Stage Engineering"
    assert "Secret" not in str(by_reader["recommender-1"])


def test_experts_still_asked_when_a_round_is_cancelled_are_told_that_nothing_is_asked_of_them() -> None:
    invited = Story("application/r/0001").tell(
        story.AGENT, story.make_application_submitted(1), story.make_application_submitted(2)
    )
    invited.tell(SYSTEM, story.make_panel_seated(), a.ApplicationCancelled(reason=story.ref("why")))
    assert {who for who, letter in list_letters(invited).items() if letter == "part-over"} == {
        f"expert-{seat}" for seat in range(1, 8)
    }


def test_examiners_of_an_objection_that_an_end_leaves_open_are_told_that_they_need_not_go_on() -> None:
    told = Story("application/r/0001").tell(story.AGENT, story.make_application_submitted(1))
    told.tell(SYSTEM, a.NoticeOpened(proposal=1, until=story.UNTIL))
    for name, examiner in (("one", "examiner-1"), ("two", "examiner-2")):
        raised = a.ObjectionRaised(objection=name, objector=f"objector-{name}", text=story.ref(name))
        told.tell(story.OBJECTOR, raised)
        told.tell(story.OFFICER, a.ExaminersAppointed(objection=name, examiners=(examiner,)))
    upheld = a.ObjectionSettled(objection="one", outcome="upheld", text=story.ref("why"))
    told.tell(story.EXAMINER, upheld, a.ItemRemoved(objection="one"))
    assert list_letters(told, -2) == {"objector-one": "objection-answered", "agent-1": "objection-settled"}
    assert list_letters(told) == {
        "agent-1": "removed",
        "objector-one": "objected-ended",
        "objector-two": "objected-ended",
        "examiner-2": "part-over",
    }


@pytest.mark.parametrize("told", [MAIN, *SHORT.values()], ids=lambda told: told.stream)
def test_a_letter_tells_an_outcome_to_those_whose_row_shows_it_and_an_end_to_those_who_see_its_stage(
    told: Story,
) -> None:
    for step in told.steps:
        for letter in list_outgoing(step.before, step.leaf, step.after):
            if not isinstance(letter, Letter) or not step.after.ended:
                continue
            fact = person(letter.to, **({"recommender": ("prov-bj",)} if "recommender" in letter.to else {}))
            if letter.to == story.PARTNER.person:
                fact = story.PARTNER_FACT
            row = visible_row(row_of(step.after), relation(step.after, letter.to, fact, RULES)) or {}
            assert row.get("stage") == "ended", letter
            assert "outcome" in row or letter.template == "part-over", letter


def test_who_worked_on_it_is_not_told_how_it_ended() -> None:
    (listed, *_) = [letter for letter in letters_of(MAIN, -1) if letter.template == "part-over"]
    assert "outcome" not in listed.params
    for language, at in (("en", 0), ("zh", 1)):
        subject, body = render(listed.template, listed.params, language)
        assert not [names[at] for names in OUTCOMES.values() if names[at] in subject]
        assert "0001" in body


def test_an_objector_is_told_where_the_reasons_are_and_the_applicant_is_not() -> None:
    settled = [step.leaf.type for step in MAIN.steps].index("objection.settled.v1")
    bodies = {
        letter.to: render(letter.template, letter.params, "en")[1] for letter in letters_of(MAIN, settled)
    }
    assert set(bodies) == {"objector-1", "agent-1"}
    pointer = "The page of the application shows you the reasons"
    assert pointer in bodies["objector-1"]
    assert pointer not in bodies["agent-1"]


@pytest.mark.parametrize("number", ["0003", "0004", "0005", "0006"])
def test_with_a_result_that_can_be_reviewed_the_applicant_is_told_of_the_right_to_it(number: str) -> None:
    told = {letter.to: letter for letter in letters_of(SHORT[number], -1)}
    ended = SHORT[number].steps[-1].after.since
    for language, right in (("en", "You may request a review by"), ("zh", "前申请复核")):
        text = render(told["agent-1"].template, told["agent-1"].params, language)[1]
        assert right in text
        assert format_deadline(USUAL.end_of_requests(ended), language) in text
        assert USUAL.list_procedure(language) in text
        other = render(told["recommender-1"].template, told["recommender-1"].params, language)[1]
        assert right not in other


def test_whoever_is_on_the_list_is_told_of_no_review() -> None:
    for letter in letters_of(MAIN, -1):
        assert "You may request a review" not in render(letter.template, letter.params, "en")[1]
