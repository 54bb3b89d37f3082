from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from selection.decision.aggregate import EVENTS
from selection.kernel.stages import RoundStage
from selection.process.room import Room
from selection.register.key_events import ENROLLED
from selection.rooms import ROOMS
from selection.timeline.events import Moment, mentions, moment_of, placeholders, timeline
from selection.timeline.people import call_people, list_people
from selection.timeline.room_codes import find_unnamed
from selection.timeline.sentences import SENTENCES
from selection.visibility.table import EVENT_ROWS
from tests.portal.support import deciding
from tests.selection import round_stories, story
from tests.selection.visibility.viewing import CLOSED_TO, viewer_of

pytestmark = pytest.mark.long

LANGUAGES = ("en", "zh")
MAIN = story.application_listed()


def text_of(moments: list[Moment]) -> str:
    return "\n".join(" ".join((item.who, item.role, item.what, item.why)) for item in moments)


def words(text: str) -> set[str]:
    for sign in ",.;:、，。；：（）`“”()":
        text = text.replace(sign, " ")
    return set(text.split())


def test_every_event_has_sentences_from_most_to_least() -> None:
    assert set(SENTENCES) == set(EVENTS)
    for kind, pairs in SENTENCES.items():
        wanted = [placeholders(english) for english, _ in pairs]
        assert wanted == [placeholders(chinese) for _, chinese in pairs], kind
        assert set().union(*wanted) <= set(EVENT_ROWS[kind]), kind
        assert wanted[-1] == set(), kind
        assert all(wanted[:-1]), kind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["officer-1", "auditor-1", *sorted(CLOSED_TO)])
def test_everyone_reads_whole_sentences(name: str, language: str) -> None:
    units = ("prov-bj",) if name == "recommender-1" else ()
    for told in round_stories.everything():
        moments = timeline(told.leaves, viewer_of(told, name, recommender=units), told.state, language)
        for moment in moments:
            text = " ".join((moment.what, moment.why, moment.role))
            assert moment.what.endswith("." if language == "en" else "。")
            assert not {"{", "}"} & set(text)
            assert not [raw for raw in ("None", "+00:00", "T16:00", "sha256", "True", "False") if raw in text]


@pytest.mark.parametrize(
    ("clashing", "said"),
    [
        (
            ("load", "application/r/0001", "application/r/0002"),
            "filled no seat: no panels exist for 0001 and 0002 (so",
        ),
        (("application/r/0001",), "0001 (too few experts)"),
        ((), "The panels of draw main were drawn"),
    ],
)
def test_of_a_draw_that_filled_no_seat_nobody_reads_that_panels_were_drawn(
    clashing: tuple[str, ...], said: str
) -> None:
    told = deciding.tell_round_until("running-1", RoundStage.DRAWING)
    round_stories.tell_draw(told, None if clashing else story.ref("result"), *clashing)
    for name, expected in (("officer-1", said), ("stranger-1", "Draw main was carried out")):
        [*_, last] = timeline(told.leaves, viewer_of(told, name), told.state)
        assert expected in last.what


@pytest.mark.parametrize("name", sorted(CLOSED_TO))
def test_what_is_closed_to_a_person_is_not_in_their_timeline(name: str) -> None:
    units = ("prov-bj",) if name == "recommender-1" else ()
    viewer = viewer_of(MAIN, name, recommender=units)
    for language in LANGUAGES:
        shown = words(text_of(timeline(MAIN.leaves, viewer, MAIN.state, language)))
        assert not CLOSED_TO[name] & shown - {"0001"}


def test_staff_reads_every_entry_with_who_and_why() -> None:
    moments = timeline(MAIN.leaves, viewer_of(MAIN, "officer-1"), MAIN.state)
    assert len(moments) == len(MAIN.leaves)
    sent_back = next(item for item in moments if "sent back" in item.what)
    assert sent_back == Moment(
        at=MAIN.leaves[9].at,
        who="officer-1",
        role="officer",
        what="The application was sent back, to be corrected by 2024-08-28 24:00 Beijing time.",
        why="seals are missing; see fault-text",
        rules=MAIN.leaves[9].rules,
    )
    lost = next(item for item in moments if "expert-7 became vacant" in item.what)
    assert (lost.who, lost.role, lost.why) == ("", "the system", "no answer came by the deadline")


def test_an_applicant_reads_the_course_of_the_application_only() -> None:
    moments = timeline(MAIN.leaves, viewer_of(MAIN, "agent-1"), MAIN.state, "zh")
    assert [item.what for item in moments][-5:] == [
        "指定异议 objection-1 的核查人员。",
        "异议 objection-1 办结：部分成立。",
        "监督人员裁定：一名经办、监督或审批人员因组织单位本系统的单位（group-1）与该申报存在的关联不成立回避事由。",
        "公示期满，无未办结异议。",
        "列入建设名单，第 1 位。",
    ]
    refused = next(item for item in moments if "被拒绝" in item.what)
    assert refused.who == "agent-1"
    assert refused.why.startswith("“申报提交”期限已于北京时间2024年8月28日 24:00届满")


def test_an_expert_reads_own_scores() -> None:
    moments = timeline(MAIN.leaves, viewer_of(MAIN, "expert-3"), MAIN.state)
    (review,) = [item for item in moments if "submitted the review" in item.what]
    assert (
        review.what
        == (
            "expert-3 submitted the review of seat 3: conditions 21.5, mechanism 21.5, positioning 3,"
            " technical 21.5; 67.5 in all."
        )
        or "67.5 in all" in review.what
    )
    assert (review.who, review.why) == ("expert-3", "")


def test_a_correction_tells_both_totals_to_its_reviewer() -> None:
    told = [
        timeline(MAIN.leaves, viewer_of(MAIN, "expert-3"), MAIN.state, language) for language in ("en", "zh")
    ]
    english, chinese = (next(item for item in moments if "→" in item.what) for moments in told)
    assert "(correction 1): 67.5 → 67.5; now " in english.what
    assert chinese.what.startswith("expert-3 更正第 3 席评审（第 1 次更正）：67.5 → 67.5，现为 ")
    assert "correction-expert-3" in english.why


def test_an_event_is_about_an_application_if_its_number_stands_in_it() -> None:
    assert mentions({"listed": {"0001": 3}}, "0001")
    assert mentions({"items": [{"application": "0001"}]}, "0001")
    assert not mentions({"randomness": "0001 0002", "places": {"0002": 1}}, "0001")


def test_a_list_is_told_in_its_order_and_nobody_as_none() -> None:
    view = {"at": datetime(2026, 1, 1, tzinfo=UTC), "actor": {}, "rules": ""}
    issued = {**view, "type": "round.list-issued.v1", "data": {"places": {"0007": 2, "0009": 1}}}
    assert moment_of(issued).what == "The list was issued, in this order: 0009, 0007."
    seated = {**view, "type": "panel.seated.v1"}
    data = {"draw": "1", "seats": ["expert-1"], "alternates": []}
    assert moment_of({**seated, "data": data}).what == "Panel drawn (1): seats expert-1; alternates none."
    assert moment_of({**seated, "data": data}, "zh").what.endswith("备选 无。")


@pytest.mark.parametrize("empty", [[], {}])
def test_no_list_of_a_sentence_is_told_as_nothing(empty: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each list is empty at some time, such as the hits of a check that found none."""
    view = {"at": datetime(2026, 1, 1, tzinfo=UTC), "actor": {}, "rules": ""}
    checked = {**view, "type": "integrity.checked.v1", "data": {"proposal": 1, "hits": empty}}
    assert [moment_of(checked, language).what for language in LANGUAGES] == [
        "The integrity check of proposal 1 was recorded; hits: none.",
        "第 1 版拟建名单完成廉洁核查，涉及：无。",
    ]
    tried = 0
    for kind, pairs in list(SENTENCES.items()):
        for name in placeholders(pairs[0][0]):
            if str(EVENTS[kind].model_fields[name].annotation).startswith(("tuple[", "dict[")):
                monkeypatch.setitem(SENTENCES, kind, ((f"It is: {{{name}}}.", f"为：{{{name}}}。"),))
                one = {**view, "type": kind, "data": {name: empty}}
                told = [moment_of(one, language).what for language in LANGUAGES]
                assert told == ["It is: none.", "为：无。"], (kind, name)
                tried += 1
    assert tried > 30


def test_what_was_entered_of_a_panel_is_read_in_words() -> None:
    entered = {"type": "panel.settlement-entered.v1", "actor": {}, "at": MAIN.leaves[0].at, "rules": ""}
    view = {**entered, "data": {"way": "end", "scores": 0}}
    assert [moment_of(view, language).what for language in LANGUAGES] == [
        "What to do about the panel was entered: the application ends (scores wanted: none).",
        "录入专家组无法组满的处理意见：终结申报（所需评分：无）。",
    ]
    view = {**entered, "data": {"way": "fewer", "scores": 3}}
    assert [moment_of(view, language).what for language in LANGUAGES] == [
        "What to do about the panel was entered: fewer scores are enough (scores wanted: 3).",
        "录入专家组无法组满的处理意见：减少所需评分（所需评分：3）。",
    ]


def test_what_became_of_a_forms_fields_names_nobody() -> None:
    view: dict[str, Any] = {"type": "round.form-amended.v1", "actor": {}}
    view["data"] = {"by": {"fields": {"budget": "costs"}, "added": ["staff"]}}
    assert list_people(view) == set()
    assert call_people(view["type"], view["data"], {"costs": "Zhang San"}) == view["data"]
    assert list_people({**view, "type": ENROLLED, "data": {"by": "officer-1"}}) == {"officer-1"}


@pytest.mark.parametrize(
    ("package", "field"), [("survey", "verdict"), ("appraisal", "vote"), ("settling", "way")]
)
def test_a_code_that_a_sentence_shows_has_a_name_in_its_room(package: str, field: str) -> None:
    def unname(room: Room[Any]) -> Room[Any]:
        values = {name: dict(list(codes.items())[1:]) for name, codes in room.values.items()}
        return replace(room, values=values)

    (room,) = [room for room in ROOMS if room.package == f"selection.application.{package}"]
    first = next(iter(room.values[field]))
    assert list(find_unnamed([room], ())) == []
    assert list(find_unnamed([unname(room)], ())) == [
        f"{field} {first} has no name: VALUES in selection/application/{package}/sentences.py,"
        " or its room.py leaves it out"
    ]


def test_what_a_round_carried_out_is_called_by_its_name() -> None:
    finished = {"type": "round.batch-finished.v1", "actor": {}, "at": MAIN.leaves[0].at, "rules": ""}
    view = {**finished, "data": {"batch": "amend-application/1", "touched": 1, "left_over": []}}
    assert [moment_of(view, language).what for language in LANGUAGES] == [
        "Carried out on 1 application: change 1 of the forms: application.",
        "已在 1 项申报上执行：第 1 次表单变更：申报表。",
    ]
