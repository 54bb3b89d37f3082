"""Acts that few rounds see, each by the command line on a real stack: withdrawals, extension, conflicts, cancelling."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime.logins import Login
from tests.databases import variables_on
from tests.starter.support.acting import (
    CALENDAR,
    draw_in_time,
    foretold,
    list_events,
    open_round,
    read_refusal,
    seats,
    stage_of,
    submit,
    until,
)
from tests.starter.support.importing import (
    break_off_and_repeat,
    hand_in_anew,
    refuse_faulty,
    sound_rows,
)
from tests.starter.support.stack import Up, UpHere, people_file, run_local

pytestmark = pytest.mark.stack

PEOPLE: dict[str, dict[str, list[str]]] = {
    "admin-1": {"admin": []},
    "officer-1": {"officer": []},
    "sup-1": {"supervisor": []},
    "host-1": {"applicant": []},
    "host-2": {"applicant": []},
    "host-3": {"applicant": []},
    "office-1": {"applicant": []},
    "unit-bj": {"recommender": ["bj"]},
    **{f"expert-{number}": {"expert": []} for number in range(1, 15)},
}


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with run_local(tmp_path_factory.mktemp("acts")) as found:
        people = people_file(found.data, PEOPLE, "Synthetic")
        found.json("person", "import", str(people), person="admin-1")
        yield found


WHY = ("--cause", "system", "--reason", "floods")


def test_withdrawals_extension_conflicts_and_a_cancelled_round(up: Up) -> None:
    open_round(up, "r1")
    first, second = submit(up, "r1", "host-1"), submit(up, "r1", "host-2")
    up.json("apply", "withdraw", second, "--reason", "we changed our mind", person="host-2")
    # To the unit it is gone; what the core says, it says of a version that the unit names.
    assert read_refusal(up, "recommend", "add", second, person="unit-bj") == "hidden"
    named = ("recommend", "add", second, "--revision", "1")
    assert read_refusal(up, *named, person="unit-bj") == "wrong-stage"
    up.json("recommend", "add", first, person="unit-bj")
    up.json("recommend", "withdraw", first, "--reason", "second thoughts", person="unit-bj")
    up.json("recommend", "add", first, person="unit-bj")
    extend = ("round", "extend", "r1", "recommendation", "--cause", "organiser")
    same = (*extend, CALENDAR["recommendation"], "--reason", "x")
    assert read_refusal(up, *same, person="officer-1") == "not-later"
    up.json(*extend, "2024-07-19", "--reason", "floods", person="officer-1")
    outage = ("round", "outage", "r1", "--until", "2001-01-02T00:00", *WHY, "--from")
    assert read_refusal(up, *outage, "2001-01-01T00:00", person="officer-1") == "outage-moves-nothing"
    assert read_refusal(up, *outage, "yesterday", person="admin-1") == "unreadable"
    change_a_form(up)
    until(lambda: stage_of(up, "r1") == "checking")
    told = list_events(up, first)
    assert told.count("list.recommended.v1") == 2
    assert told.count("list.withdrawn.v1") == told.count("application.recommendation-released.v1") == 1

    up.json("check", "pass", first, "--ruling", "seals-missing", "--text", "by post", person="officer-1")
    until(lambda: stage_of(up, "r1") == "drawing")
    draw_in_time(up, "r1")
    until(lambda: len(seats(up, first, "invited")) == 7)
    conflicts(up, first)

    assert [item for item in up.json("doctor")["parts"] if item["state"] != "fine"] == []
    cancel(up, first, second)
    late = (*extend[:3], "review", "2025-09-01", *extend[4:], "--reason", "x", "--lang", "zh")
    code, _, err = up(*late, person="officer-1")
    assert (code, err) == (2, "ended: 该事项已终结，不再受理。\n")


def change_a_form(up: Up) -> None:
    """Change the review form before anybody has one, once the dry run has shown what becomes of each field."""
    before = up.json("review", "form", "r1", person="officer-1")["form"]
    file = up.data / "form.json"
    file.write_text(
        json.dumps({"name": "review", "form": {**before, "version": "anew", "en": "Other words"}})
    )
    act = ("round", "amend-form", "r1", str(file), "--reason", "clearer words")
    foreseen = up.json(*act, "--dry-run", person="officer-1")
    assert (foreseen["plan"]["was"], foreseen["plan"]["applications"]) == (before["version"], 0)
    assert {row["change"] for row in foreseen["fields_anew"]} == {"kept"}
    up.json(*act, person="officer-1")
    assert read_refusal(up, *act, person="officer-1") in ("decision-under-way", "form-version-taken")
    [told] = up.json("round", "forms", "r1", person="host-1")["amendments"]
    assert (told["form_version"], told["reason"]) == ("anew", "clearer words")
    assert up.json("review", "form", "r1", person="host-1")["form"]["version"] == "anew"


def cancel(up: Up, first: str, second: str) -> None:
    """Cancel the round once the dry run has named what it ends: a withdrawn application has ended before."""
    act = ("round", "cancel", "r1", "--reason", "the call was void")
    assert read_refusal(up, *act, "--dry-run", person="sup-1") == "not-entitled"
    assert foretold(up, *act) == {
        "plan": {"round": "r1", "decision": "cancel-with-round", "applications": 1},
        "items": [
            {
                "application": first.partition("/")[2],
                "centre": None,
                "host": {"en": "99SYNTHhost-1", "zh": "99SYNTHhost-1"},
                "stage": "review",
            }
        ],
    }
    code, said, err = up(*act, "--dry-run", "--lang", "zh", person="admin-1")
    assert code == 0, err
    assert re.search(r"所执行的决定 +取消轮次 *\n申报数 +1 *\n", said)
    assert re.search(r"0001 +- +材料评审", said)
    up.json(*act, person="officer-1")
    until(lambda: list_events(up, first)[-1] == "application.cancelled.v1")
    assert "application.cancelled.v1" not in list_events(up, second)
    until(lambda: not up.json("round", "status", "r1", person="officer-1")["round"]["batch"], every=0.1)
    for again in (act, (*act, "--dry-run")):
        assert read_refusal(up, *again, person="officer-1") == "ended"


def draft_submit_and_correct(up: Up, first: str, expert: str) -> None:
    sheets = {name: up.data / f"{name}.yaml" for name in ("half", "whole", "anew")}
    scores = dict.fromkeys(("positioning", "mechanism", "technical", "conditions"), "20")
    for name, sheet in (
        ("half", {"scores": {"technical": "22.5"}}),
        ("whole", {"scores": {**scores, "technical": "22.5"}, "text": "sound"}),
        ("anew", {"scores": dict.fromkeys(scores, "21"), "text": "sound"}),
    ):
        sheets[name].write_text(json.dumps(sheet), encoding="utf-8")
    correct = ("review", "correct", first, str(sheets["anew"]), "--reason", "a slip of the pen")
    assert read_refusal(up, *correct, person=expert) == "not-reviewed"
    entries = up.json("status", "r1", person="officer-1")["entries"]
    up.json("review", "draft", "save", first, str(sheets["half"]), person=expert)
    assert up.json("status", "r1", person="officer-1")["entries"] == entries
    assert read_refusal(up, "review", "submit", first, "--draft", person=expert) == "answers-unfit"
    up.json("review", "draft", "save", first, str(sheets["whole"]), person=expert)
    up.json("review", "submit", first, "--draft", person=expert)
    assert read_refusal(up, "review", "draft", "show", first, person=expert) == "no-draft"
    up.json(*correct, person=expert)
    assert read_refusal(up, *correct, person=expert) == "nothing-corrected"
    assert read_refusal(up, *correct, "--correction", "1", person=expert) == "other-correction"
    told = [item["sentence"] for item in up.json("timeline", first, person=expert)["timeline"]]
    assert any("(correction 1): 82.5 → 84; now " in text for text in told), told


def conflicts(up: Up, first: str) -> None:
    declining, declaring, reported = seats(up, first, "invited")[:3]
    up.json("review", "decline", first, "--reason", "travelling", person=declining)
    for expert in (declaring, reported):
        up.json("review", "accept", first, "--pledge", "I pledge", person=expert)
    draft_submit_and_correct(up, first, reported)
    up.json("conflict", "declare", first, "--text", "we share a patent", person=declaring)
    assert (
        read_refusal(up, "conflict", "declare", first, "--text", "again", person=declaring) == "seat-closed"
    )
    up.json("conflict", "report", first, reported, "--report", "rep-1", "--text", "pay", person="officer-1")
    rule = ("conflict", "rule", first, "rep-1", "--upheld", "--text", "payroll")
    code, _, err = up(*rule, "--lang", "zh", person="officer-1")
    assert (code, err) == (2, "not-entitled: 此操作仅限监督人员办理；如有疑问请联系经办人员。\n")
    up.json(*rule, person="sup-1")
    assert read_refusal(up, *rule, person="sup-1") == "no-open-report"
    import_conflicts(up, first, reported)
    left = {*seats(up, first, "invited"), *seats(up, first, "accepted")}
    assert left.isdisjoint({declining, declaring, reported})
    assert len(left) == 7


def import_conflicts(up: Up, first: str, expert: str) -> None:
    table = up.data / "conflicts.csv"
    number = first.split("/")[1]
    table.write_text(
        f"application,expert,text\n{number},{expert},a patent\n{number},{expert},\n", encoding="utf-8"
    )
    faulty = ("conflict", "import", "r1", str(table), "--yes")
    assert read_refusal(up, *faulty, person="officer-1") == "table-faulty"
    table.write_text(f"专家编号,申报编号,事由\n{expert},{number},a patent\n", encoding="gb18030")
    done = [up.json(*faulty, person="officer-1") for _ in range(2)]
    assert done[0]["receipts"] == done[1]["receipts"] != []
    report = done[0]["manifest"][0]["report"]
    up.json("conflict", "rule", first, report, "--dismissed", "--text", "expired", person="sup-1")


def test_many_applications_come_from_one_table_once_whatever_breaks_off(up: Up) -> None:
    open_round(up, "r3", calendar={})
    rows = sound_rows(up, 12)
    refuse_faulty(up, "r3", rows)
    first, *_ = break_off_and_repeat(up, "r3", rows)
    hand_in_anew(up, "r3", rows, first)


REASON = ("--reason", "told by telephone")


def list_undelivered(up: Up, person: str = "officer-1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = up.json("mail", "undelivered", "--round", "r2", person=person)["letters"]
    return found


def refuse(up: Up, *addresses: str) -> None:
    """Let the mail server refuse these addresses, and no others."""
    (up.data / "refused-mail.txt").write_text("\n".join(addresses), encoding="utf-8")


def test_a_letter_to_a_refused_address_is_seen_to_by_an_officer(up: Up) -> None:
    open_round(up, "r2", calendar={**CALENDAR, "recommendation": "2024-07-28"})
    refuse(up, "host-3@synthetic.example")
    application = submit(up, "r2", "host-3")
    until(lambda: list_undelivered(up), every=0.2)
    [letter] = list_undelivered(up)
    assert (letter["application"], letter["person"], letter["anew"]) == (application, "host-3", False)
    assert letter["found"] == "the mail server answered 550"
    tasks = up.json("task", "list", "--round", "r2", person="officer-1")["tasks"]
    number = str(letter["id"])
    assert [(task["kind"], task["key"]) for task in tasks] == [("undelivered", f"undelivered/{number}")]
    said = "".join(
        up(*line, "--lang", "zh", person="officer-1")[1]
        for line in (("task", "list"), ("mail", "undelivered"))
    )
    assert "处理无法投递的邮件" in said
    assert "邮件服务" in said
    assert "answered" not in said
    assert "synthetic.example" not in said
    resend = ("mail", "settle", number, "--resend", "--reason", "address corrected")
    who_may_not(up, resend)
    resend_once(up, resend, letter["message_id"])
    assert read_refusal(up, "mail", "settle", str(10**30), "--drop", *REASON, person="officer-1") == "hidden"
    one_who_was_erased(up, application, number)


def list_mails(up: Up) -> list[tuple[str, str]]:
    """Id and subject of each mail that arrived at the address that host-3 has now."""
    mails = up.json("mail", "list", person="host-3")["mails"]
    return [(mail["message_id"], mail["subject"]) for mail in mails]


def resend_once(up: Up, resend: tuple[str, ...], message_id: str) -> None:
    """Once the address was corrected an officer has the same letter sent again, however often they say so."""
    add = ("person", "add", "host-3", "--name", "Synthetic", "--mail", "new@synthetic.example")
    up.json(*add, "--role", "applicant", "--employer", "99SYNTHhost-3", person="admin-1")
    assert up.json(*resend, "--dry-run", person="officer-1")["letters"][0]["anew"]
    assert list_undelivered(up)
    receipt = up.json(*resend, "--command-id", "resent", person="officer-1")["receipt"]
    # The new address is told of the change as well, in a letter of its own.
    until(lambda: len(list_mails(up)) >= 2, every=0.2)
    [other] = [subject for name, subject in list_mails(up) if name != message_id]
    assert other == "您的电子邮箱已变更 / Your mail address was changed"
    assert [name for name, _ in list_mails(up)].count(message_id) == 1
    assert list_undelivered(up) == []
    assert up.json(*resend, "--command-id", "resent", person="officer-1")["receipt"] == receipt
    assert read_refusal(up, *resend, person="officer-1") == "already-done"
    assert up.json("receipt", "resent", person="officer-1")["receipt"] == receipt
    assert len(list_mails(up)) == 2


def who_may_not(up: Up, resend: tuple[str, ...]) -> None:
    """Staff see the letter, and only an officer settles it; nobody else learns that it is there."""
    assert list_undelivered(up, "sup-1") == list_undelivered(up)
    assert read_refusal(up, *resend, person="sup-1") == "not-entitled"
    for person in ("host-3", "unit-bj", "admin-1", "expert-1"):
        assert list_undelivered(up, person) == []
        assert read_refusal(up, *resend, person=person) == "hidden"


def one_who_was_erased(up: Up, application: str, first: str) -> None:
    """Nothing can be sent to who was erased; the officer closes the letter."""
    refuse(up, "new@synthetic.example")
    up.json("recommend", "add", application, person="unit-bj")
    until(lambda: list_undelivered(up), every=0.2)
    erase = ("person", "erase", "host-3", "--reason", "on request", "--force", "--yes")
    assert read_refusal(up, *erase, person="admin-1") == "still-active"
    stopped = {
        "person": "host-3",
        "roles": {"applicant": []},
        "active": False,
        "employer": "99SYNTHhost-3",
        "identity": {"name": "Synthetic", "mail": "new@synthetic.example"},
    }
    file = up.data / "stopped.json"
    file.write_text(json.dumps([stopped]), encoding="utf-8")
    up.json("person", "import", str(file), person="admin-1")
    up.json(*erase, person="admin-1")
    [letter] = list_undelivered(up)
    settle = ("mail", "settle", str(letter["id"]))
    assert read_refusal(up, *settle, "--resend", *REASON, person="officer-1") == "addressee-erased"
    assert read_refusal(up, *settle, first, "--drop", *REASON, person="officer-1") == "already-done"
    code, out, err = up(*settle, "--drop", *REASON, "--lang", "zh", person="officer-1")
    assert (code, err) == (0, "")
    assert "已办结 1 封，不再发送。" in out
    assert list_undelivered(up) == []
    assert read_refusal(up, *settle, "--drop", *REASON, person="officer-1") == "already-done"


def test_servers_named_by_variables_stand_for_the_parts_of_a_stack(up: Up, tmp_path: Path) -> None:
    client = UpHere(tmp_path / "nothing", **variables_on(up.data, Login.READER))
    add = ("person", "add", "expert-99", "--name", "Synthetic", "--mail", "x@synthetic.example")
    client.json(*add, "--role", "expert", "--employer", "99SYNTH", person="admin-1")
    assert {item["part"] for item in client.json("doctor")["parts"]} >= {"postgres", "temporal", "versions"}
    assert not client.data.exists()
    second = UpHere(tmp_path / "second", **variables_on(up.data, Login.READER, Login.WORKER))
    second.start()
    try:
        until(lambda: "2 polling center-selection" in second("doctor")[1])
        assert set(json.loads((second.data / "stack.json").read_text())["pids"]) == {"mail", "worker"}
    finally:
        code, said = second.stop()
    assert code == 0, said
    assert up.json("db", "migrate") == {"applied": [], "projected": 0, "without_login": []}
