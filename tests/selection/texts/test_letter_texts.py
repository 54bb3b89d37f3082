from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from selection.decision.aggregate import EVENTS
from selection.kernel.instants import format_deadline, show_instant
from selection.letters.pages import WITHOUT_PAGE
from selection.letters.rendering import TEXTS, render
from selection.letters.writing import TEMPLATES, Letter, list_outgoing
from selection.projections.rows import row_of
from selection.register.key_letters import LETTERS as ABOUT_KEYS
from selection.visibility.reading import visible_row
from selection.visibility.viewer import relation
from tests.selection import round_stories, story
from tests.selection.visibility.viewing import NAMES, person

LETTERS = [
    item
    for told in round_stories.everything()
    for step in told.steps
    for item in list_outgoing(step.before, step.leaf, step.after)
    if isinstance(item, Letter)
]
LANGUAGES = ("en", "zh")
CHINESE = ("。", "，", "：")


def test_the_story_holds_every_event_and_writes_every_letter() -> None:
    # The story's rules leave no stage out; tests/audit/test_schemes.py has those that do.
    left_out = {"survey.left-out.v1", "appraisal.left-out.v1", "notice.left-out.v1"}
    of_a_round = {name for name, event in EVENTS.items() if event.ORIGIN != "register"} - left_out
    assert {leaf.type for told in round_stories.everything() for leaf in told.leaves} == of_a_round
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


LIST_KNOWS_NO_NAMES = {"recommended-on-paper"}


def test_a_letter_names_centre_and_host_unit() -> None:
    named, unnamed = set(), set()
    for letter in LETTERS:
        if letter.template in LIST_KNOWS_NO_NAMES or "application" not in letter.params:
            unnamed.add(letter.template)
            assert not [name for name in NAMES if name in str(letter)], letter.template
            continue
        named.add(letter.template)
        english, chinese = (render(letter.template, letter.params, language)[1] for language in LANGUAGES)
        assert "\n\nCentre: Centre for Stage Engineering\nHost unit: Curtain Works\n\nQuestions" in english
        assert "\n\n中心：舞台工程技术创新中心\n依托单位：幕布机械公司\n\n如有疑问" in chinese
    assert {
        "submission-received",
        "invitation",
        "invitation-reminder",
        "seat-released",
        "agent-no-more",
    } <= named
    assert unnamed > LIST_KNOWS_NO_NAMES


def test_a_reader_to_whom_a_letter_names_the_centre_sees_its_row_or_did_until_then() -> None:
    for told in round_stories.everything():
        for step in told.steps:
            for letter in list_outgoing(step.before, step.leaf, step.after):
                if isinstance(letter, Letter) and "centre_en" in letter.params:
                    roles = {"recommender": ("prov-bj",)} if letter.to == "recommender-1" else {}
                    fact = person(letter.to, **roles)
                    if letter.to == story.PARTNER.person:
                        fact = story.PARTNER_FACT
                    former = letter.template in WITHOUT_PAGE or "recommended-" in letter.template
                    states = (step.after, step.before) if former else (step.after,)
                    viewers = ((state, relation(state, letter.to, fact, story.RULES)) for state in states)
                    rows = [visible_row(row_of(state), viewer) or {} for state, viewer in viewers]
                    shown = {row.get("name_en") for row in rows}
                    assert letter.params["centre_en"] in shown, (letter.template, letter.to)


def test_a_name_stays_in_its_line_and_in_the_other_language_where_it_has_no_other() -> None:
    params = {"round": "r", "application": "0001", "centre_zh": "甲\r\n\n遴选工作办公室\u202e{round}"}
    subject, body = render("check-passed", params, "en")
    assert "\n\nCentre: 甲 遴选工作办公室 {round}\n\nQuestions" in body
    assert "甲" not in subject


@pytest.mark.parametrize("name", ["https://a", "see a.example", "to b@c", "ftp://x 中心"])
def test_no_applicant_sends_a_link_to_those_who_judge(name: str) -> None:
    handed_in = story.make_application_submitted(1)
    host = replace(handed_in.submission.host, name_zh=name)
    submission = replace(handed_in.submission, name_en=name, host=host)
    told = story.Story("application/r/0001").tell(
        story.AGENT, handed_in.model_copy(update={"submission": submission})
    )
    [letter] = [
        item
        for step in told.steps
        for item in list_outgoing(step.before, step.leaf, step.after)
        if isinstance(item, Letter)
    ]
    assert name not in str(letter.params)
    assert letter.params["centre_zh"] == "舞台工程技术创新中心"


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
