"""A round from the panels to the issued list, each act by the command line: the send-back and the objection too."""

import asyncio
import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
import yaml

from ledger.record import Ledger
from runtime.databases import Databases
from runtime.logins import Login
from runtime.settings import Settings
from tests.starter.support.acting import (
    SECONDS_PER_DAY,
    foretold,
    happened,
    opened,
    refused,
    seats,
    stage_of,
    submitted,
    until,
)
from tests.starter.support.signing import proofs_of, with_key
from tests.starter.support.stack import Up, UpHere, application_file, people_file

pytestmark = pytest.mark.stack

ROUND = "by-hand"
FIRST, SECOND, THIRD = (f"{ROUND}/000{number}" for number in (1, 2, 3))
PEOPLE: dict[str, dict[str, list[str]]] = {
    "admin-1": {"admin": []},
    "officer-1": {"officer": []},
    "supervisor-1": {"supervisor": []},
    "host-1": {"applicant": []},
    "host-2": {"applicant": []},
    "host-3": {"applicant": []},
    "unit-bj": {"recommender": ["bj"]},
    "unit-a1": {"recommender": ["affiliated-1"]},
    "approver-1": {"approver": []},
    "approver-2": {"approver": []},
    "approver-3": {"approver": []},
    "objector-1": {"objector": []},
    "examiner-1": {"examiner": []},
    "examiner-2": {"examiner": []},
    **{f"surveyor-{number}": {"surveyor": []} for number in range(1, 4)},
    **{f"expert-{number}": {"expert": []} for number in range(1, 9)},
}
CONTENTS = ("positioning", "mechanism", "technical", "conditions")
SMALL: dict[str, dict[str, Any]] = {
    "panel": {"seats": 3, "alternates": 1, "min_valid": 3},
    "days": {"invitation": 60, "notice": 4},
}
POINTS = {FIRST: 21, SECOND: 20}
"""So that the ranking does not hang on the lot."""
REASON = ("--reason", "Lay down what each partner does")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    found = UpHere(tmp_path_factory.mktemp("by-hand"))
    found.start()
    people = people_file(found.data, PEOPLE, "Synthetic")
    found.json("person", "import", str(people), person="admin-1")
    yield found
    found.stop()


def write(up: Up, name: str, content: dict[str, Any]) -> str:
    file: Path = up.data / f"{name}.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return str(file)


def shown(up: Up, application: str) -> Any:
    return up.json("show", application, person="officer-1")["application"]


def in_chinese(up: Up, *words: str, person: str) -> str:
    """Return what a command that succeeds says in Chinese."""
    code, said, err = up("--lang", "zh", *words, person=person)
    assert code == 0, err
    return said


def hand_in(up: Up) -> None:
    """Hand in three applications, the first by contents that were stored before, and recommend them by rank."""
    evidence = up.data / "evidence.pdf"
    evidence.write_bytes(b"%PDF-1.7 what the team did")
    file = up.json("file", "put", ROUND, str(evidence), person="host-1")["content"]["id"]
    faulty = str(application_file(up.data, "host-1", "", staff="many"))
    for command in ("check", "submit"):
        exits, out, err = up("apply", command, ROUND, faulty, person="host-1")
        assert (exits, err.partition(":")[0]) == (2, "answers-unfit")
        assert [word in out for word in ("staff", "form", "missing")] == [True, True, True]
    assert submitted(up, ROUND, "host-1", form="The form", evidence=[{"ref": file}]) == FIRST
    contents = up.json("show", FIRST, person="host-1")["contents"]
    form = next(item["id"] for item in contents if item["content"] == "submission.form")
    assert submitted(up, ROUND, "host-2") == SECOND
    assert submitted(up, ROUND, "host-3") == THIRD
    for application, unit in ((FIRST, "unit-bj"), (SECOND, "unit-bj"), (THIRD, "unit-a1")):
        up.json("recommend", "add", application, person=unit)
    up.json("recommend", "rank", ROUND, "0002", "0001", person="unit-bj")
    (ranked,) = (
        item
        for item in up.json("timeline", FIRST, person="unit-bj")["timeline"]
        if item["event"] == "list.ranked.v1"
    )
    assert ranked["data"]["order"] == ["0002", "0001"]
    told = json.loads(up("text", "get", form, "--of", FIRST, person="unit-bj")[1])
    assert (told["form"], [item["id"] for item in told["evidence"]]) == ("The form", [file])
    fetched = up.data / "fetched.pdf"
    up.json("file", "get", file, "--of", FIRST, "--output", str(fetched), person="unit-bj")
    assert fetched.read_bytes() == evidence.read_bytes()


def check_three(up: Up) -> None:
    """Send one back, which is mended and then lacks nothing; rule on what another lacks; fail the third."""
    up.json("check", "send-back", FIRST, "--fault", "seals-missing", "--text", "Add them", person="officer-1")
    assert shown(up, FIRST)["stage"] == "mending"
    mended = application_file(up.data, "host-1", "The form", seals="Sealed")
    up.json("apply", "mend", FIRST, str(mended), person="host-1")
    assert (shown(up, FIRST)["stage"], shown(up, FIRST)["revision"]) == ("checking", 2)
    check_two_under_one_signature(up)
    failing = ("check", "fail", THIRD, "--ground", "direction-held", "--text", "As visual-fusion")
    up.json(*failing, person="officer-1")
    assert (shown(up, THIRD)["stage"], shown(up, THIRD)["outcome"]) == ("ended", "ineligible")


def check_two_under_one_signature(up: Up) -> None:
    checks = [
        {"application": "0001", "verdict": "pass"},
        {"application": "0002", "verdict": "pass", "codes": ["seals-missing"], "text": "by post"},
    ]
    many = ("check", "many", ROUND, write(up, "checks", {"checks": checks}), "--command-id", "many-1")
    said = up.json(*many, "--key", with_key(up, "officer-1"))
    assert [item["act"] for item in said["manifest"]] == ["pass-check"] * 2
    assert [item["stream"] for item in said["receipts"]] == [
        f"application/{name}" for name in (FIRST, SECOND)
    ]
    first, second = proofs_of(up, "many-1.0001", "many-1.0002")
    assert first.signature == second.signature
    assert first.manifest is not None
    assert second.manifest is not None
    assert [(place.index, place.size) for place in (first.manifest, second.manifest)] == [(0, 2), (1, 2)]


def draw(up: Up) -> None:
    told = foretold(up, "round", "draw", ROUND, steps=(".commit", ".open"))["draw"]
    up.json("round", "draw", ROUND, "--randomness", "07 11", "--source", "a lottery", person="officer-1")
    until(lambda: all(len(seats(up, application, "invited")) == 3 for application in POINTS))
    assert {name: told[name] for name in ("draw", "applications", "seats", "alternates", "experts")} == {
        "draw": "draw-1",
        "applications": len(POINTS),
        "seats": sum(len(seats(up, application, "invited")) for application in POINTS),
        "alternates": 2,
        "experts": 8,
    }


def review_both(up: Up) -> None:
    for application, points in POINTS.items():
        for expert in seats(up, application, "invited"):
            up.json("review", "accept", application, "--pledge", "I pledge", person=expert)
            sheet = up.data / "review.yaml"
            written = {"scores": dict.fromkeys(CONTENTS, points), "text": "Sound"}
            sheet.write_text(yaml.safe_dump(written), encoding="utf-8")
            up.json("review", "submit", application, str(sheet), person=expert)


def shortlist(up: Up) -> None:
    told = foretold(up, "round", "shortlist", ROUND)["shortlist"]
    up.json("round", "shortlist", ROUND, person="officer-1")
    until(lambda: stage_of(up, ROUND) == "survey")
    assert told == [
        {"rank": shown(up, application)["rank"], "application": application.partition("/")[2], "why": ""}
        for application in POINTS
        if shown(up, application)["stage"] == "survey"
    ]


def survey_and_appraise(up: Up) -> None:
    team = [f"surveyor-{number}" for number in range(1, 4)]
    survey = {"day": "2025-01-10", "findings": dict.fromkeys(CONTENTS, "As said"), "verdict": "confirmed"}
    appoint(up, team)
    for application, points in POINTS.items():
        panel = seats(up, application, "submitted")
        up.json("survey", "report", application, write(up, "survey", survey), person=team[0])
        met = {"present": panel, "score": f"{4 * points}", "votes_for": len(panel), "text": "Agreed"}
        up.json("appraise", "record", application, write(up, "appraisal", met), person=panel[0])


def appoint(up: Up, team: list[str]) -> None:
    """Appoint chairs and teams from a table: none while one would be refused, and whoever stands is passed over."""
    file = up.data / "teams.csv"
    lines = [
        f"{application.partition('/')[2]},{seats(up, application, 'submitted')[0]},{team[0]},{' '.join(team)}"
        for application in POINTS
    ]
    act = ("appoint", "import", ROUND, str(file), "--yes")

    def fill(*rows: str) -> None:
        file.write_text("\n".join(("application,chair,lead,members", *rows)), encoding="utf-8")

    fill(*lines, "0099,,,", f"0098,,{team[0]},{' '.join(team)}", f"0097,{team[0]},,")
    code, said, err = up("--json", *act, person="officer-1")
    assert (code, json.loads(err)["error"]["code"]) == (2, "table-faulty")
    assert [fault["cell"] for fault in json.loads(said)["faults"]] == ["B4", "C5", "B6"]
    fill(*lines)
    assert refused(up, *act, person="supervisor-1") == "not-entitled"
    foreseen = up.json(*act, "--dry-run", person="officer-1")["appointments"]
    assert [item["act"] for item in foreseen] == ["appoint-chair", "appoint-survey-team"] * len(POINTS)
    assert len(up.json(*act, person="officer-1")["receipts"]) == len(foreseen)
    assert "receipts" not in up.json(*act, person="officer-1")


def propose(up: Up, *numbers: str) -> None:
    items = [{"application": number, "reason": f"Why {number}"} for number in numbers]
    file = write(up, "proposal", {"items": items, "deviations": {}})
    ranking = foretold(up, "round", "propose", ROUND, file)["ranking"]
    assert [item["number"] for item in ranking if item["proposed"]] == list(numbers)
    assert not any(item["deviation"] for item in ranking)
    act = ("round", "propose", ROUND, file, "--command-id", f"propose-{len(numbers)}")
    done = up.json(*act, person="officer-1")
    # Repeated under its id it is the same act, though the round has gone on and would refuse another.
    assert up.json(*act, person="officer-1") == done


def open_notice(up: Up, *numbers: str) -> None:
    """Open the notice as soon as every application knows its place in the proposal."""

    def told_to_all() -> bool:
        code, _, err = up("round", "notice", ROUND, "--dry-run", person="officer-1")
        assert code == 0 or err.startswith("decision-under-way"), err
        return code == 0

    until(told_to_all)
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
    until(lambda: "notice.opened.v1" in happened(up, SECOND), every=0.1)
    raise_ = ("objection", "raise", SECOND, "--text", "The agreement is void", "--objection", "o-1")
    up.json(*raise_, person="objector-1")
    panel = seats(up, SECOND, "submitted")
    assert refused(up, "objection", "examine", SECOND, "o-1", panel[0], person="officer-1") == "same-hands"
    up.json("objection", "examine", SECOND, "o-1", "examiner-1", "examiner-2", person="officer-1")
    settle = ("objection", "settle", SECOND, "o-1", "upheld", "--text", "It is")
    assert refused(up, *settle, person="officer-1") == "not-entitled"
    up.json(*settle, person="examiner-1")


def send_back(up: Up) -> None:
    """Clear what the integrity check found, approve at one level, and send the item back at the next."""
    found = ("round", "integrity", ROUND, "--text", "Checked", "--hit", "0001=Under inquiry")
    up.json(*found, person="supervisor-1")
    approve = ("round", "approve", ROUND, "department")
    assert refused(up, *approve, person="approver-1") == "integrity-open"
    ruling = ("round", "rule-on-hit", ROUND, "0001", "--cleared", "--text", "Settled in 2023")
    up.json(*ruling, person="supervisor-1")
    back = ("round", "send-back", ROUND, "ministry", "--item", "0001", *REASON)
    assert refused(up, *back, person="approver-2") == "level-not-open"
    up.json(*approve, person="approver-1")
    assert refused(up, *back, person="approver-1") == "not-entitled"
    assert up.json(*back, person="approver-2")["receipt"]["log"] == ROUND
    until(lambda: stage_of(up, ROUND) == "proposal")
    assert happened(up, FIRST).count("approval.sent-back.v1") == 1


def approve(up: Up) -> None:
    up.json("round", "integrity", ROUND, "--text", "Nothing found", person="supervisor-1")
    assert refused(up, "round", "issue", ROUND, person="officer-1") == "level-not-open"
    assert refused(up, "round", "issue", ROUND, "--dry-run", person="officer-1") == "level-not-open"
    # What was approved before the send-back is void.
    assert refused(up, "round", "approve", ROUND, "ministry", person="approver-2") == "level-not-open"
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
    assert shown(up, FIRST)["outcome"] is None
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
    until(lambda: shown(up, FIRST)["outcome"] == "listed")
    assert told == [{"place": shown(up, FIRST)["place"], "application": "0001"}]


def followed_to_the_end(first: str, watching: Popen[str]) -> None:
    """See that who watches was shown one stage after the other, and the last once nothing was left over."""
    # Not by communicate, which passes over what came with the first line.
    assert watching.stdout is not None
    seen = watching.stdout.read()
    watching.wait(timeout=60)
    looks = [json.loads(line)["round"] for line in (first, *seen.splitlines())]
    stages = list(dict.fromkeys(look["stage"] for look in looks))
    # A stage may pass between two looks.
    assert stages == [stage for stage in ("notice", "approval", "issued") if stage in stages]
    assert len(stages) > 1
    assert stages[-1] == "issued"
    assert (watching.returncode, looks[-1]["left_over"], looks[-1]["batch"]) == (0, [], "")


def test_a_round_goes_from_call_to_list_by_the_command_line_alone(up: Up) -> None:
    opened(up, ROUND, supervisor="supervisor-1", **SMALL)
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
    assert shown(up, SECOND)["outcome"] == "removed"
    followed_to_the_end(first, watching)


def test_where_an_application_came_to_is_not_read_off_the_engines_receipts(up: Up) -> None:
    placed = asyncio.run(placed_by(Databases.find(Settings(data=up.data)).url(Login.READER)))
    assert re.fullmatch(rf"round/{ROUND}#\d+", placed)
    for person in ("host-1", "unit-bj", "objector-1"):
        assert up("receipt", placed, person=person)[0] == 4
    receipt = up.json("receipt", placed, person="officer-1")["receipt"]
    assert receipt["stream"].startswith(f"application/{ROUND}/")


async def placed_by(url: str) -> str:
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
    assert refused(up, *nowhere, person="officer-1") == "file-unwritable"


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
        assert refused(up, *check, str(folder / name), person=person) == "paper-unrecorded"
    (folder / "changed.pdf").write_bytes((folder / "letter-0001.pdf").read_bytes() + b"\n")
    assert refused(up, *check, str(folder / "changed.pdf"), person="officer-1") == "paper-unrecorded"
    unlike = ("paper", "list", ROUND, "-o", str(folder / "zh.pdf"), "--record")
    assert refused(up, *unlike, person="supervisor-1") == "not-entitled"
    again = up.json("paper", "list", ROUND, "-o", str(folder / "again.pdf"), "--both", person="supervisor-1")
    assert (folder / "again.pdf").read_bytes() == issued.read_bytes()
    code = f"selection:{again['paper']['stream']}@{again['paper']['seq']}"
    assert up.json("paper", "code", code, person="host-1")["entry"]["stream"] == f"round/{ROUND}"
    assert refused(up, "paper", "code", "x", person="host-1") == "paper-code-unreadable"
    for kind in ("opinions", "letter", "certificate", "survey", "appraisal"):
        assert refused(up, "paper", kind, FIRST, "-o", str(folder / "no.pdf"), person="host-1") == "hidden"
    dossier = ("paper", "application", FIRST, "-o", str(folder / "own.pdf"))
    said = in_chinese(up, *dossier, person="host-1")
    assert str(folder / "own.pdf") in said
    assert not (folder / "no.pdf").exists()
