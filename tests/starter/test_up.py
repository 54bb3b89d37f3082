"""The command line as its people use it: real processes on a real stack that `selection up` started."""

import json
import time
from pathlib import Path

import pytest

from tests.starter.putting_off import OFF, Off
from tests.starter.stack import CANARY, PEOPLE, Up, UpHere, application_file

pytestmark = pytest.mark.stack


def test_the_doctor_finds_every_part_well(up: Up) -> None:
    found = up.json("doctor")["parts"]
    assert [item["part"] for item in found if item["state"] != "fine"] == []
    assert {item["part"] for item in found} == {
        "disk",
        "stack.json",
        "postgres",
        "migrations",
        "clock",
        "temporal",
        "retention",
        "search-attributes",
        "worker",
        "workflow-tasks",
        "signer",
        "versions",
        "resets",
        "mail",
    }


@pytest.mark.parametrize("off", OFF, ids=[off.name for off in OFF])
def test_the_doctor_names_the_part_that_is_off_and_its_cure(up: Up, submitted: str, off: Off) -> None:
    with off.put(UpHere(up.data)) as looked_at:
        code, out, err = looked_at("--json", "doctor")
    assert (code, err.partition(":")[0]) == (1, '{"error"'), err
    wrong = {item["part"]: item["cure"] for item in json.loads(out)["parts"] if item["state"] == "off"}
    assert wrong.keys() == off.cures.keys()
    assert [part for part, words in off.cures.items() if words not in wrong[part]] == []


def test_all_that_was_put_off_is_well_again(up: Up) -> None:
    assert [item for item in UpHere(up.data).json("doctor")["parts"] if item["state"] != "fine"] == []


def test_a_second_stack_on_the_folder_is_refused(up: Up) -> None:
    code, _, err = up("up")
    assert (code, err.partition(":")[0]) == (1, "folder-in-use")


def test_an_act_repeated_under_its_id_is_one_act(up: Up, opened: str, submitted: str) -> None:
    file = str(application_file(up.data, "host-1", f"The form of {CANARY}"))
    again = up.json("apply", "submit", opened, file, "--command-id", "first", person="host-1")
    assert again["receipt"]["stream"] == f"application/{submitted}"
    assert up.json("receipt", "first", person="host-1") == again


def test_a_receipt_that_is_not_there_is_pending(up: Up, people: Path) -> None:
    code, _, err = up("receipt", "no-such-act", person="host-1")
    assert (code, err.partition(":")[0]) == (3, "pending")


@pytest.mark.parametrize(
    ("person", "arguments", "code"),
    [
        ("officer-1", ("check", "pass", "r1/9999"), "unknown-application"),
        ("officer-1", ("show", "r1/9999"), "unknown-application"),
        ("officer-1", ("round", "approve", "r9", "department"), "unknown-round"),
        (CANARY, ("task", "list"), "unknown-person"),
        ("expert-1", ("show", "{submitted}"), "hidden"),
        ("expert-1", ("timeline", "{submitted}"), "hidden"),
        ("host-2", ("apply", "withdraw", "{submitted}"), "not-entitled"),
        ("officer-1", ("apply", "submit", "r1", "{broken}"), "unreadable"),
        ("officer-1", ("person", "list"), "not-entitled"),
        ("host-1", ("export", "r9"), "unknown-round"),
        (
            "expert-1",
            ("review", "submit", "{submitted}", "--score", "technical=ten", "--text", "x"),
            "unreadable",
        ),
        ("unit-bj", ("recommend", "rank", "r1", "0009"), "unknown-application"),
    ],
)
def test_what_is_refused_says_so_and_leaves_a_trace(
    up: Up, submitted: str, person: str, arguments: tuple[str, ...], code: str
) -> None:
    broken = up.data / "broken.yaml"
    broken.write_text(f"field: [{CANARY}\n", encoding="utf-8")
    words = [word.format(submitted=submitted, broken=broken) for word in arguments]
    name = f"refused-{code}-{len(words)}-{abs(hash(arguments))}"
    exits, out, err = up(*words, "--command-id", name, person=person)
    assert (exits, err.partition(":")[0]) == (2, code)
    assert CANARY not in out + err
    again, _, _ = up("receipt", name, person="officer-1")
    assert again != 3


def test_people_see_what_the_table_allows(up: Up, submitted: str) -> None:
    number = submitted.partition("/")[2]
    seen = {
        person: [row["number"] for row in up.json("export", "r1", person=person)["applications"]]
        for person in ("officer-1", "host-1", "unit-bj", "host-2", "expert-1")
    }
    assert seen == {
        "officer-1": [number],
        "host-1": [number],
        "unit-bj": [number],
        "host-2": [],
        "expert-1": [],
    }
    contents = up.json("show", submitted, person="host-1")["contents"]
    form = next(item["id"] for item in contents if item["content"] == "submission.form")
    assert up("text", "get", form, "--of", submitted, person="unit-bj")[0] == 0
    assert up("text", "get", form, "--of", submitted, person="host-2")[2].startswith("hidden: ")
    assert up("text", "get", form, person="officer-1")[2].startswith("hidden: ")


def test_no_list_names_a_person(up: Up, submitted: str) -> None:
    said = ""
    for person in PEOPLE:
        for words in (("show", submitted), ("export", "r1"), ("task", "list"), ("status", "r1"), ("status",)):
            said += "".join(up(*words, person=person)[1:])
        said += up("round", "status", "r1", person=person)[1]
    assert CANARY not in said
    log = "".join(file.read_text("utf-8", "replace") for file in (up.data / "logs").glob("*.log"))
    assert CANARY not in log


def test_a_dry_run_shows_and_records_nothing(up: Up, opened: str, people: Path) -> None:
    before = up.json("status", opened, person="officer-1")["entries"]
    assert up.json("person", "import", str(people), "--dry-run", person="admin-1")["people"]
    code, _, err = up("round", "draw", opened, "--dry-run", person="officer-1")
    assert (code, err.partition(":")[0]) == (2, "wrong-stage")
    assert up.json("status", opened, person="officer-1")["entries"] == before


def test_the_projections_are_what_the_log_says(up: Up, submitted: str) -> None:
    found = up.json("db", "rebuild", "--dry-run")["projections"]
    assert found
    assert all(item["equal"] for item in found)


def test_the_mails_to_a_person_are_read_by_that_person_only(up: Up, submitted: str) -> None:
    until = time.monotonic() + 20
    while not (mails := up.json("mail", "list", person="host-1")["mails"]) and time.monotonic() < until:
        time.sleep(0.5)
    assert mails
    assert up("mail", "read", "1", person="host-1")[0] == 0
    assert up.json("mail", "list", person="host-2")["mails"] == []


def test_stopped_in_order_and_started_again_everything_is_there(up: Up, submitted: str) -> None:
    before = up.json("timeline", submitted, person="officer-1")
    code, said = up.stop()
    assert code == 0, said
    assert "everything is kept" in said
    code, out, err = up("doctor", "--lang", "zh")
    assert (code, err.partition(":")[0]) == (1, "checks-failed")
    assert "selection up" in out
    up.start()
    assert up.json("timeline", submitted, person="officer-1") == before


def test_a_signer_that_finds_another_record_than_it_signed_says_so(up: Up, opened: str) -> None:
    assert up.stop()[0] == 0
    kept = up.data / "keys" / "signing.state.json"
    state = json.loads(kept.read_text())
    state["logs"][opened]["size"] += 1000
    kept.write_text(json.dumps(state))
    up.start()
    until = time.monotonic() + 30
    while "r1 (put-back)" not in (said := up("doctor")[1]) and time.monotonic() < until:
        time.sleep(0.5)
    assert "r1 (put-back)" in said
    assert "nothing signed" in (up.data / "logs" / "worker.log").read_text("utf-8")
