"""What the sealed rules of a round say of how it is shown counts in letters and timelines, and no other round's."""

from datetime import UTC, datetime

import pytest

from selection.letters.rendering import render
from selection.timeline.events import moment_of
from selection.wording.refusals import render_refusal
from selection.wording.round_words import USUAL, words_of
from tests import factories as f

OWN = words_of(f.rules(check={"grounds": [{"code": "seals-missing", "en": "no stamp", "zh": "无印章"}]}))
PARAMS = {
    "application": "0001",
    "round": "r",
    "faults": "seals-missing",
    "until": "2024-08-28T16:00:00+00:00",
}
FAILED = {
    "at": datetime(2026, 1, 1, tzinfo=UTC),
    "actor": {},
    "rules": "",
    "type": "application.check-failed.v1",
    "data": {"grounds": ["seals-missing", "gone"]},
}


def test_a_letter_names_grounds_as_the_rounds_rules_do() -> None:
    assert "can be mended: no stamp." in render("sent-back", PARAMS, "en", OWN)[1]
    assert "可补正事项：无印章。" in render("sent-back", PARAMS, "zh", OWN)[1]
    assert "can be mended: seals are missing." in render("sent-back", PARAMS, "en", USUAL)[1]


def test_a_timeline_names_grounds_as_the_rounds_rules_do() -> None:
    assert moment_of(FAILED, "en", OWN).why == "no stamp; gone"
    assert moment_of(FAILED, "zh", OWN).why == "无印章；gone"


def test_what_has_no_rules_has_the_usual_words() -> None:
    # What belongs to no round has no draw, no routes and no name.
    assert words_of(None) == USUAL == words_of(f.RULES).with_(sources=(), listed={}, title=None)


@pytest.mark.parametrize("spoken", [0, 1])
def test_a_change_of_a_quota_names_its_route_or_unit_and_not_their_codes(spoken: int) -> None:
    language, words = ("en", "zh")[spoken], words_of(f.RULES)
    for name, item in (("routes", f.RULES.routes[0]), ("recommenders", f.RULES.recommenders[0])):
        path, called = f"{name}.{item.code}.quota", (item.en, item.zh)[spoken]
        data = {"number": 1, "path": path, "before": "1", "after": "2"}
        entered = {**FAILED, "type": "round.amendment-entered.v1", "data": data}
        letter = render(
            "amendment-entered", {"round": "r1", **dict.fromkeys(data, "1"), "path": path}, language, words
        )
        for text in (moment_of(entered, language, words).what, letter[1]):
            assert called in text
            assert path not in text


BERLIN = f.make_zone("Europe/Berlin")
THERE = words_of(f.rules(clock={"kind": "calendar", **BERLIN.model_dump()}))


def test_a_letter_shows_instants_in_the_rounds_zone() -> None:
    assert "by 2024-08-28 18:00 (UTC+02:00, Europe/Berlin)" in render("sent-back", PARAMS, "en", THERE)[0]
    assert "2024年8月28日 18:00（UTC+02:00，Europe/Berlin）" in render("sent-back", PARAMS, "zh", THERE)[1]
    ends = {"ended": "2024-12-28T16:00:00+00:00", "until": "2024-12-31T23:00:00+00:00"}
    outage = {"began": "2024-08-28T16:00:00+00:00", "moved": ["review"], **ends}
    told = moment_of({**FAILED, "type": "round.outage-recorded.v1", "data": outage}, "en", THERE)
    assert "2024-08-28 18:00:00 (UTC+02:00" in told.what
    assert "2024-12-28 17:00:00 (UTC+01:00" in told.what
    assert "2024-12-31 24:00 (UTC+01:00" in told.what


def test_a_refusal_shows_instants_in_the_rounds_zone() -> None:
    params = {"deadline": "submission", "until": "2024-07-31T22:00:00+00:00"}
    assert "2024-07-31 24:00 (UTC+02:00, Europe/Berlin)" in render_refusal("late", params, "en", BERLIN)
