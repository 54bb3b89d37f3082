from datetime import UTC, datetime, timedelta

import pytest

from selection.decision.aggregate import EVENTS
from selection.kernel.instants import format_deadline, show_instant
from selection.letters.rendering import TEXTS, render
from selection.letters.writing import TEMPLATES, Letter, outgoing
from selection.register.key_letters import LETTERS as ABOUT_KEYS
from tests.selection import story

LETTERS = [
    item
    for told in story.everything()
    for step in told.steps
    for item in outgoing(step.before, step.leaf, step.after)
    if isinstance(item, Letter)
]
LANGUAGES = ("en", "zh")
CHINESE = ("。", "，", "：")


def test_the_story_holds_every_event_and_writes_every_letter() -> None:
    # The story's rules leave no stage out; tests/audit/test_schemes.py has those that do.
    left_out = {"survey.left-out.v1", "appraisal.left-out.v1", "notice.left-out.v1"}
    of_a_round = {name for name, event in EVENTS.items() if event.ORIGIN != "register"} - left_out
    assert {leaf.type for told in story.everything() for leaf in told.leaves} == of_a_round
    # Those about keys are written in tests/selection/register/test_keys.py.
    of_rounds = set(TEMPLATES) - set(ABOUT_KEYS)
    assert {letter.template for letter in LETTERS} == of_rounds
    assert set(TEMPLATES) == set(TEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_renders_with_what_it_is_given(language: str) -> None:
    for letter in LETTERS:
        subject, body = render(letter.template, letter.params, language)
        assert subject
        assert "\n" not in subject
        assert body.startswith("Dear Sir or Madam,\n\n" if language == "en" else "您好：\n\n")
        assert "{" not in subject + body
        assert "}" not in subject + body


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_shows_a_raw_code_or_an_instant_of_machines(language: str) -> None:
    raw = ("T16:00", "+00:00", "no-response", "not-recommended", "partly-upheld", "-missing", "-held", "None")
    for letter in LETTERS:
        text = "".join(render(letter.template, letter.params, language))
        assert not [code for code in raw if code in text], letter.template


def test_each_language_is_its_own() -> None:
    for letter in LETTERS:
        english, chinese = (render(letter.template, letter.params, language) for language in LANGUAGES)
        assert not any(sign in "".join(english) for sign in CHINESE)
        assert not any(word in "".join(chinese) for word in (" the ", " is ", " please "))


def test_any_other_language_reads_english() -> None:
    letter = LETTERS[0]
    assert render(letter.template, letter.params, "fr") == render(letter.template, letter.params, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_names_a_person(language: str) -> None:
    people = ("agent-1", "expert-", "objector-1", "examiner-1", "surveyor-", "officer-", "recommender-1")
    for letter in LETTERS:
        text = "".join(render(letter.template, letter.params, language))
        assert not [person for person in people if person in text], letter.template


def test_a_missing_parameter_is_a_fault_and_never_a_hole_in_a_letter() -> None:
    with pytest.raises(KeyError):
        render("invitation", {"round": "r", "application": "0001"}, "en")
    with pytest.raises(KeyError):
        render("no-such-letter", {}, "en")


def test_an_id_cannot_write_headers() -> None:
    params = {"round": "r", "application": "0001", "objection": "o\r\nBcc: someone@example.org"}
    subject, _ = render("objection-raised", params, "en")
    assert subject == "Application 0001: objection o Bcc: someone@example.org raised"


def test_a_value_with_braces_stays_as_it_is() -> None:
    params = {"round": "r", "application": "0001", "objection": "{round}{0}"}
    assert "objection {round}{0} raised" in render("objection-raised", params, "en")[0]


MIDNIGHT = datetime(2024, 8, 28, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "english", "chinese"),
    [
        (MIDNIGHT, "2024-08-28 24:00 Beijing time", "北京时间2024年8月28日 24:00"),
        (MIDNIGHT + timedelta(minutes=1), "2024-08-29 00:01 Beijing time", "北京时间2024年8月29日 00:01"),
        (
            MIDNIGHT - timedelta(seconds=1),
            "2024-08-28 23:59:59 Beijing time",
            "北京时间2024年8月28日 23:59:59",
        ),
        (
            datetime(2023, 12, 31, 16, tzinfo=UTC),
            "2023-12-31 24:00 Beijing time",
            "北京时间2023年12月31日 24:00",
        ),
    ],
)
def test_a_deadline_at_midnight_is_the_end_of_the_day_before(
    until: datetime, english: str, chinese: str
) -> None:
    assert format_deadline(until, "en") == english
    assert format_deadline(until, "zh") == chinese


def test_an_act_is_shown_to_the_second() -> None:
    assert show_instant(MIDNIGHT, "en") == "2024-08-29 00:00:00 Beijing time"
    assert show_instant(MIDNIGHT, "zh") == "北京时间2024年8月29日 00:00:00"


def test_a_deadline_in_a_letter_reads_like_a_day() -> None:
    params = {"round": "r", "application": "0001", "until": MIDNIGHT.isoformat()}
    assert "by 2024-08-28 24:00 Beijing time" in render("review-open", params, "en")[1]
    assert "请于北京时间2024年8月28日 24:00前提交" in render("review-open", params, "zh")[1]
