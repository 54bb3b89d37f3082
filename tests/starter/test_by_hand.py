"""A round from the panels to the issued list, each act by the command line: the send-back and the objection too."""

import asyncio
import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import Popen

import pytest

from ledger.record import Ledger
from runtime.databases import Databases
from runtime.logins import Login
from runtime.settings import Settings
from tests.running.waiting import STUCK_AFTER
from tests.starter.support.acting import (
    SECONDS_PER_DAY,
    foretold,
    list_events,
    open_round,
    read_refusal,
    seats,
    stage_of,
    until,
)
from tests.starter.support.by_hand import (
    FIRST,
    PEOPLE,
    REASON,
    ROUND,
    SECOND,
    SMALL,
    check_three,
    draw,
    hand_in,
    in_chinese,
    review_both,
    shortlist,
    show,
    survey_and_appraise,
    write,
)
from tests.starter.support.stack import Up, people_file, run_local

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with run_local(tmp_path_factory.mktemp("by-hand")) as found:
        people = people_file(found.data, PEOPLE, "Synthetic")
        found.json("person", "import", str(people), person="admin-1")
        yield found


def propose(up: Up, *numbers: str) -> None:
    items = [{"application": number, "reason": f"Why {number}"} for number in numbers]
    file = write(up, "proposal", {"items": items, "deviations": {}})
    ranking = foretold(up, "round", "propose", ROUND, file)["ranking"]
    assert [item["number"] for item in ranking if item["proposed"]] == list(numbers)
    assert not any(item["deviation"] for item in ranking)
    for item in ranking:
        panel = seats(up, f"{ROUND}/{item['number']}", "submitted")
        assert (item["votes"], item["verdict"]) == (f"{len(panel)}:0:0", "confirmed")
    act = ("round", "propose", ROUND, file, "--command-id", f"propose-{len(numbers)}")
    done = up.json(*act, person="officer-1")
    assert done["ranking"] == ranking
    # Repeated under its id it is the same act, though the round goes on and would refuse another.
    until(lambda: show(up, f"{ROUND}/{numbers[0]}")["stage"] == "proposed")
    assert up.json(*act, person="officer-1") == {
        key: value for key, value in done.items() if key.startswith("receipt")
    }
    assert "提出该名单？" not in in_chinese(up, *act, person="officer-1")


def open_notice(up: Up, *numbers: str) -> None:
    """Open the notice as soon as every application knows its place in the proposal."""

    def can_open() -> bool:
        code, _, err = up("round", "notice", ROUND, "--dry-run", person="officer-1")
        assert code == 0 or err.startswith("decision-under-way"), err
        return code == 0

    until(can_open)
    told = foretold(up, "round", "notice", ROUND)
    assert [item["application"] for item in told["items"]] == list(numbers)
    up.json("round", "notice", ROUND, person="officer-1")
    (ends,) = (
        datetime.fromisoformat(item["until"])
        for item in up.json("round", "status", ROUND, person="officer-1")["deadlines"]
        if item["deadline"] == "notice"
    )
    # A day of the rehearsal may have ended between the two.
    later = ends - datetime.fromisoformat(told["plan"]["until"])
    assert later >= timedelta()
    assert not later % timedelta(seconds=SECONDS_PER_DAY)


def object_to_the_second(up: Up) -> None:
    until(lambda: "notice.opened.v1" in list_events(up, SECOND), every=0.1)
    raise_ = ("objection", "raise", SECOND, "--text", "The agreement is void", "--objection", "o-1")
    assert read_refusal(up, *raise_, person="objector-1") == "bad-usage"
    up.json(*raise_, "--evidence", "Its cancellation, by both partners", person="objector-1")
    panel = seats(up, SECOND, "submitted")
    assert (
        read_refusal(up, "objection", "examine", SECOND, "o-1", panel[0], person="officer-1") == "same-hands"
    )
    up.json("objection", "examine", SECOND, "o-1", "examiner-1", "examiner-2", person="officer-1")
    settle = ("objection", "settle", SECOND, "o-1", "upheld", "--text", "It is")
    assert read_refusal(up, *settle, person="officer-1") == "not-entitled"
    up.json(*settle, person="examiner-1")


def send_back(up: Up) -> None:
    """Clear what the integrity check found, approve at one level, and send the item back at the next."""
    found = ("round", "integrity", ROUND, "--text", "Checked", "--hit", "0001=Under inquiry")
    up.json(*found, person="supervisor-1")
    approve = ("round", "approve", ROUND, "department")
    assert read_refusal(up, *approve, person="approver-1") == "integrity-open"
    ruling = ("round", "rule-on-hit", ROUND, "0001", "--cleared", "--text", "Settled in 2023")
    up.json(*ruling, person="supervisor-1")
    back = ("round", "send-back", ROUND, "ministry", "--item", "0001", *REASON)
    assert read_refusal(up, *back, person="approver-2") == "level-not-open"
    up.json(*approve, person="approver-1")
    assert read_refusal(up, *back, person="approver-1") == "not-entitled"
    assert up.json(*back, person="approver-2")["receipt"]["log"] == ROUND
    until(lambda: stage_of(up, ROUND) == "proposal")
    assert list_events(up, FIRST).count("approval.sent-back.v1") == 1


def approve(up: Up) -> None:
    up.json("round", "integrity", ROUND, "--text", "Nothing found", person="supervisor-1")
    assert read_refusal(up, "round", "issue", ROUND, person="officer-1") == "level-not-open"
    assert read_refusal(up, "round", "issue", ROUND, "--dry-run", person="officer-1") == "level-not-open"
    # What was approved before the send-back is void.
    assert read_refusal(up, "round", "approve", ROUND, "ministry", person="approver-2") == "level-not-open"
    for level, person in (
        ("department", "approver-1"),
        ("ministry", "approver-2"),
        ("ministry", "approver-3"),
    ):
        up.json("round", "approve", ROUND, level, person=person)


def issue(up: Up) -> None:
    """Issue the list while a report on its one item waits: the item is left over, and reached by a repeat."""
    expert = seats(up, FIRST, "submitted")[0]
    report = ("conflict", "report", FIRST, expert, "--report", "rep-1", "--text", "A cousin")
    up.json(*report, person="officer-1")
    told = foretold(up, "round", "issue", ROUND)["items"]
    up.json("round", "issue", ROUND, person="officer-1")
    until(lambda: up.json("round", "status", ROUND, person="officer-1")["round"]["left_over"])
    assert show(up, FIRST)["outcome"] is None
    rule = ("conflict", "rule", FIRST, "rep-1", "--dismissed", "--text", "No kin")
    up.json(*rule, person="supervisor-1")
    again = foretold(up, "round", "repeat", ROUND)
    [item] = again["items"]
    assert again["plan"] == {"round": ROUND, "decision": "issue/2", "applications": 1}
    assert item["host"]["zh"].startswith("99SYNTHhost-")
    assert (item["application"], item["stage"], item["left_over"]) == ("0001", "cleared", True)
    said = in_chinese(up, "round", "repeat", ROUND, "--dry-run", person="officer-1")
    assert re.search(r"所执行的决定 +按第 2 版拟建名单发布名单 *\n申报数 +1 *\n", said)
    assert re.search(r"0001 +99SYNTHhost-\d +公示无异议 +是", said)
    up.json("round", "repeat", ROUND, person="officer-1")
    until(lambda: show(up, FIRST)["outcome"] == "listed")
    assert told == [{"place": show(up, FIRST)["place"], "application": "0001"}]


def follow_to_the_end(first: str, watching: Popen[str]) -> None:
    """See that who watches was shown one stage after the other, and the last once nothing was left over."""
    # Not by communicate, which passes over what came with the first line.
    assert watching.stdout is not None
    seen = watching.stdout.read()
    watching.wait(timeout=STUCK_AFTER)
    looks = [json.loads(line)["round"] for line in (first, *seen.splitlines())]
    stages = list(dict.fromkeys(look["stage"] for look in looks))
    # A stage may pass between two looks.
    assert stages == [stage for stage in ("notice", "approval", "issued") if stage in stages]
    assert len(stages) > 1
    assert stages[-1] == "issued"
    assert (watching.returncode, looks[-1]["left_over"], looks[-1]["batch"]) == (0, [], "")


def test_a_round_goes_from_call_to_list_by_the_command_line_alone(up: Up) -> None:
    open_round(up, ROUND, supervisor="supervisor-1", **SMALL)
    hand_in(up)
    until(lambda: stage_of(up, ROUND) == "checking")
    check_three(up)
    until(lambda: stage_of(up, ROUND) == "drawing")
    draw(up)
    review_both(up)
    until(lambda: stage_of(up, ROUND) == "shortlisting")
    shortlist(up)
    survey_and_appraise(up)
    until(lambda: stage_of(up, ROUND) == "proposal")
    propose(up, "0001", "0002")
    open_notice(up, "0001", "0002")
    object_to_the_second(up)
    until(lambda: stage_of(up, ROUND) == "approval")
    send_back(up)
    propose(up, "0001")
    open_notice(up, "0001")
    watching = up.running("--json", "status", ROUND, "--watch", person="officer-1")
    until(lambda: stage_of(up, ROUND) == "approval")
    assert watching.stdout is not None
    first = watching.stdout.readline()
    approve(up)
    issue(up)
    assert show(up, SECOND)["outcome"] == "removed"
    follow_to_the_end(first, watching)


def test_where_an_application_came_to_is_not_read_off_the_engines_receipts(up: Up) -> None:
    placed = asyncio.run(find_placing_id(Databases.find(Settings(data=up.data)).url(Login.READER)))
    assert re.fullmatch(rf"round/{ROUND}#\d+", placed)
    for person in ("host-1", "unit-bj", "objector-1"):
        assert up("receipt", placed, person=person)[0] == 4
    receipt = up.json("receipt", placed, person="officer-1")["receipt"]
    assert receipt["stream"].startswith(f"application/{ROUND}/")


async def find_placing_id(url: str) -> str:
    """The id under which the round had the first application placed in its proposal."""
    ledger = await Ledger.connect(url, size=1)
    try:
        entries = await ledger.reading.stream_entries(f"application/{FIRST}")
        return str(
            next(e.leaf.data["command_id"] for e in entries if e.leaf.type == "application.proposed.v1")
        )
    finally:
        await ledger.close()


def test_what_the_round_came_to_is_written_as_a_table(up: Up) -> None:
    table = up.data / "applications.csv"
    said = in_chinese(up, "export", ROUND, "--output", str(table), person="officer-1")
    assert said == f"3 项申报已写入 {table}。\n"
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["number"]: (row["outcome"], row["place"]) for row in rows} == {
        "0001": ("listed", "1"),
        "0002": ("removed", ""),
        "0003": ("ineligible", ""),
    }
    assert "名单已发布" in in_chinese(up, "status", ROUND, "--watch", person="officer-1")
    nowhere = ("export", ROUND, "--output", str(up.data / "no-folder" / "applications.csv"))
    assert read_refusal(up, *nowhere, person="officer-1") == "file-unwritable"


def test_papers_of_the_round_are_printed_for_who_may_see_them(up: Up) -> None:
    folder = up.data / "papers"
    out = ("paper", "outgoing", ROUND, "--output", str(folder), "--both", "--record")
    told = up.json(*out, person="officer-1")
    written = {Path(path).name for path in told["files"]}
    assert {"list.pdf", "notice.pdf", "letter-0001.pdf", "letter-0002.pdf", "certificate-0001.pdf"} <= written
    assert {(folder / name).stat().st_mode & 0o777 for name in written} == {0o600}
    issued = folder / "list.pdf"
    check = ("paper", "check", ROUND)
    sent = up.json(*check, str(folder / "letter-0001.pdf"), person="host-1")["paper"]
    assert (sent["kind"], sent["seq"]) == ("letter", told["receipt"]["seq"])
    assert up.json(*check, str(issued), person="host-3")["paper"]["kind"] == "list"
    for name, person in (("letter-0001.pdf", "host-3"), ("letter-0002.pdf", "host-1")):
        assert read_refusal(up, *check, str(folder / name), person=person) == "paper-unrecorded"
    (folder / "changed.pdf").write_bytes((folder / "letter-0001.pdf").read_bytes() + b"\n")
    assert read_refusal(up, *check, str(folder / "changed.pdf"), person="officer-1") == "paper-unrecorded"
    unlike = ("paper", "list", ROUND, "-o", str(folder / "zh.pdf"), "--record")
    assert read_refusal(up, *unlike, person="supervisor-1") == "not-entitled"
    again = up.json("paper", "list", ROUND, "-o", str(folder / "again.pdf"), "--both", person="supervisor-1")
    assert (folder / "again.pdf").read_bytes() == issued.read_bytes()
    code = f"selection:{again['paper']['stream']}@{again['paper']['seq']}"
    assert up.json("paper", "code", code, person="host-1")["entry"]["stream"] == f"round/{ROUND}"
    assert read_refusal(up, "paper", "code", "x", person="host-1") == "paper-code-unreadable"
    for kind in ("opinions", "letter", "certificate", "survey", "appraisal"):
        assert (
            read_refusal(up, "paper", kind, FIRST, "-o", str(folder / "no.pdf"), person="host-1") == "hidden"
        )
    dossier = ("paper", "application", FIRST, "-o", str(folder / "own.pdf"))
    said = in_chinese(up, *dossier, person="host-1")
    assert str(folder / "own.pdf") in said
    assert not (folder / "no.pdf").exists()
