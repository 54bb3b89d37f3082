"""Each fault of answers to the second batch's own form, named at its place."""

import itertools
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest

from selection.forms.checking import AnswerChecker
from selection.forms.json_text import Json
from selection.forms.one_text import application_form
from selection.forms.raw_answers import read_raw
from selection.forms.reading import StoredFileFacts
from starter.demo.acts.intake import read_filled_form
from starter.demo.example import load_example
from starter.people.handing_in import list_faults

EXAMPLE = load_example()
FORM = application_form(EXAMPLE.rules.forms)
CHECKER = AnswerChecker(FORM, EXAMPLE.rules)
GONE = object()


def file(path: str, _: Any) -> Json:
    return {"id": path, "sha256": "0" * 64}


def answers(code: str = "a13") -> dict[str, Any]:
    found = read_raw(FORM, read_filled_form(EXAMPLE.applicant(code)), file)
    assert isinstance(found, dict)
    return found


def change_answer(place: str, value: Any) -> dict[str, Any]:
    found: Any = deepcopy(answers())
    *path, last = (int(part) if part.isdigit() else part for part in place.split("."))
    at = found
    for part in path:
        at = at[part]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return dict(found)


def faults(given: Json) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in CHECKER.check(given)]


@pytest.mark.parametrize("code", [item.code for item in EXAMPLE.applicants])
def test_every_application_of_the_example_fits(code: str) -> None:
    assert list_faults(FORM, EXAMPLE.rules, answers(code), {}) == []


@pytest.mark.parametrize(
    ("place", "value", "path", "code"),
    [
        ("name_zh", GONE, "name_zh", "missing"),
        ("name_zh", "中" * 61, "name_zh", "too-many-words"),
        ("name_zh", "一行\n两行", "name_zh", "hidden-character"),
        ("name_en", "", "name_en", "empty"),
        ("name_en", "   ", "name_en", "empty"),
        ("name_en", "=HYPERLINK(1)", "name_en", "formula"),
        ("name_en", ["a"], "name_en", "wrong-type"),
        ("field", "museums", "field", "not-a-choice"),
        ("bid", "alone", "division", "not-asked"),
        ("division", GONE, "division", "missing"),
        ("division", [], "division", "too-few"),
        ("division.0.unit", "91350100M000100Y44", "division[0].unit", "code-check-digit"),
        ("division.0.share", "100.1", "division[0].share", "out-of-range"),
        ("division.0.share", "50.25", "division[0].share", "not-a-number"),
        ("division.0.share", "50.5\n", "division[0].share", "not-a-number"),
        ("division.0.share", "1e1", "division[0].share", "not-a-number"),
        ("host.code", "91350100M000100Y4", "host.code", "code-length"),
        ("host.code", "lei:5493001KJTIIGC8Y1R12", "host.code", "scheme-not-allowed"),
        ("host.kind", "club", "host.kind", "not-a-choice"),
        ("host.name_en", "a\u202eb", "host.name_en", "hidden-character"),
        ("co_builders.0.region", GONE, "co_builders[0].region", "missing"),
        ("leader.born", "1965-13", "leader.born", "malformed"),
        ("leader.phone", GONE, "leader.phone", "missing"),
        ("leader.phone", "see our site", "leader.phone", "phone-form"),
        ("leader.phone", "1234", "leader.phone", "phone-form"),
        ("leader.phone", "li.hua12345@univ.example", "leader.phone", "phone-form"),
        ("leader.phone", "No. 5 South Street, Haidian, 100081", "leader.phone", "phone-form"),
        ("leader.mail", "010-66554321", "leader.mail", "mail-form"),
        ("leader.mail", "li.hua＠univ.example", "leader.mail", "mail-form"),
        ("leader.mail", "li.hua@univ", "leader.mail", "mail-form"),
        ("leader.mail", "li@univ.example, wang@univ.example", "leader.mail", "mail-form"),
        ("leader.wife", "x", "leader.?", "unknown-field"),
        ("staff", 0, "staff", "out-of-range"),
        ("staff", "73", "staff", "wrong-type"),
        ("staff", True, "staff", "wrong-type"),
        ("team.1.name", GONE, "team[1].name", "missing"),
        ("team.1", {}, "team[1]", "empty"),
        ("team", [], "team", "too-few"),
        ("patents.0.granted", "2023-02-30", "patents[0].granted", "not-a-date"),
        ("patents.0.granted", "2023-02-03\n", "patents[0].granted", "not-a-date"),
        ("patents.0.granted", "2023-W05-5", "patents[0].granted", "not-a-date"),
        ("milestones.0.month", 37, "milestones[0].month", "out-of-range"),
        ("pledge", "I pledge", "pledge", "wrong-type"),
        ("pledge", {"id": "x", "sha256": "0" * 63}, "pledge.sha256", "malformed"),
        ("avoid", ["e-1", "e-2", "e-3", "e-4"], "avoid", "too-many"),
        ("avoid", ["e-1", "e-1"], "avoid", "repeated"),
        ("avoid", ["e 1"], "avoid[0]", "malformed"),
        ("made_up", "x", "?", "unknown-field"),
    ],
)
def test_a_fault_is_named_at_its_place(place: str, value: Any, path: str, code: str) -> None:
    assert (path, code) in faults(change_answer(place, value))


def test_cells_of_a_table_read_as_what_was_typed_into_them() -> None:
    typed = read_filled_form(EXAMPLE.applicant("a13"))
    typed["staff"], typed["fund_yuan"], typed["patents"][0]["number"] = 73.0, 9000000.0, 20231234
    typed["division"][0]["share"], typed["patents"][0]["granted"] = 60.5, datetime(2023, 1, 15)
    read = read_raw(FORM, typed, file)
    assert isinstance(read, dict)
    wanted = answers()
    wanted["patents"][0]["number"] = "20231234"
    assert read == wanted
    assert faults(read_raw(FORM, {**typed, "staff": float("nan")}, file)) == [("staff", "wrong-type")]


@pytest.mark.parametrize(
    "number",
    [
        "13800001234",
        "010-66554321",
        "（010）66554321转8012",
        "010-66554321 分机 12",
        "０１０－６６５５４３２１",
        "+86 10 6655 4321 ext. 12",
        "+49 (0)30 / 1234-567",
        "0049.30.1234567 x12",
        "(+1) 555.010.0199 extension 4",
        "+290 22222",
        "010-66554321（办公室）、13800001234",
        "12345",
    ],
)
def test_no_telephone_number_that_reaches_somebody_is_faulty(number: str) -> None:
    """Of another country, with an extension, in full width, two of them."""
    assert faults(change_answer("leader.phone", number)) == []


@pytest.mark.parametrize(
    "address",
    ["li.hua@univ.example", "o'neill+x@mail.univ.example", "用户@例子.中国", "jürgen@straße.example"],
)
def test_no_mail_address_of_another_script_is_faulty(address: str) -> None:
    assert faults(change_answer("leader.mail", address)) == []


def test_a_number_is_understood_as_it_is_typed_and_never_guessed() -> None:
    """Seen before: 21,000,000 was refused, as was what an input method types in full width."""
    typed = read_filled_form(EXAMPLE.applicant("a13"))
    wanted = answers()
    wanted["fund_yuan"], wanted["staff"], wanted["division"][0]["share"] = "21000000", 73, "60.5"
    typed["fund_yuan"], typed["staff"], typed["division"][0]["share"] = "21,000,000", "７３", "６０．５"
    assert read_raw(FORM, typed, file) == wanted
    typed["fund_yuan"] = "２１，０００，０００"
    assert read_raw(FORM, typed, file) == wanted
    for unclear, place in itertools.product(("1,5", "2,10,000", "21.000.000"), ("fund_yuan", "staff")):
        found = CHECKER.check(read_raw(FORM, {**typed, place: unclear}, file))
        code = {"fund_yuan": "not-a-number", "staff": "wrong-type"}[place]
        assert [(fault.path, fault.code) for fault in found] == [(place, code)]
        assert [
            "groups of three" in fault.sentence(lang) or "千位分隔符" in fault.sentence(lang)
            for fault in found
            for lang in ("en", "zh")
        ] == [
            True,
            True,
        ]


def test_a_unit_stands_once_under_one_code() -> None:
    given = answers()
    twice = {**given["co_builders"][0], "name_zh": "另一名称"}
    assert faults({**given, "co_builders": [given["co_builders"][0], twice]}) == [
        ("co_builders[1]", "repeated")
    ]


def test_all_faults_come_at_once_in_the_order_of_the_form() -> None:
    given = {**answers(), "staff": -1, "name_zh": "", "plan": 7}
    assert faults(given) == [("name_zh", "empty"), ("staff", "out-of-range"), ("plan", "wrong-type")]


@pytest.mark.parametrize("given", [None, [], "x", 1, {"a": {"b": {}}}])
def test_what_are_no_answers_is_told_as_such(given: Json) -> None:
    assert faults(given)


def test_of_a_list_without_end_no_more_is_looked_at_than_the_form_takes() -> None:
    """Whether a hundred thousand entries are all different would be asked of each and each."""
    endless: list[Json] = [{"code": f"{number}"} for number in range(100_000)]
    given: dict[str, Json] = {**answers(), "co_builders": endless, "team": endless, "name_zh": endless}
    found = faults(given)
    assert {("co_builders", "too-many"), ("team", "too-many"), ("name_zh", "wrong-type")} <= set(found)
    assert len(found) < 1000


def test_files_are_of_a_type_and_a_size_that_the_field_takes() -> None:
    given = answers()
    name = given["evidence"][0]["file"]["id"]
    for stored, code in (
        (StoredFileFacts("text/html", 5), "file-type"),
        (StoredFileFacts("text/plain; charset=utf-8", 10**9), "file-too-large"),
    ):
        [fault] = list_faults(FORM, EXAMPLE.rules, given, {name: stored})
        assert (fault.path, fault.code) == ("evidence[0].file", code)
