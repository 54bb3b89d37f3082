"""The command line as its people use it, on a real stack that `selection up` started; some in real processes."""

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from selection.kernel.instants import format_deadline
from tests.starter.support.acting import until
from tests.starter.support.putting_off import OFF, Off, go_on_with_all_logs
from tests.starter.support.stack import CANARY, PEOPLE, Up, UpHere, application_file, rules_file

pytestmark = pytest.mark.stack


def test_the_doctor_finds_every_part_well(up: Up) -> None:
    found = up.json("doctor")["parts"]
    assert [item["part"] for item in found if item["state"] != "fine"] == []
    expected = (
        "disk passwords plaintext temporal-port postgres migrations clock projections locks temporal temporal-clock "
        "retention search-attributes worker workflow-tasks signer halted-logs workflows versions mail"
    )
    assert {item["part"] for item in found} == set(expected.split())


@pytest.mark.parametrize("off", OFF, ids=[off.name for off in OFF])
def test_the_doctor_names_the_part_that_is_off_and_its_cure(
    here: UpHere, submitted_application: str, off: Off
) -> None:
    with off.put(here) as looked_at:
        code, out, err = looked_at("--json", "doctor")
    assert (code, err.partition(":")[0]) == (1, '{"error"'), err
    wrong = {item["part"]: item["cure"] for item in json.loads(out)["parts"] if item["state"] == "off"}
    assert wrong.keys() == off.cures.keys()
    assert [part for part, words in off.cures.items() if words not in wrong[part]] == []


def test_all_that_was_put_off_is_well_again(here: UpHere) -> None:
    assert [item for item in here.json("doctor")["parts"] if item["state"] != "fine"] == []


def test_a_second_stack_on_the_folder_is_refused(up: Up) -> None:
    code, _, err = up("up", "--no-portal")
    assert (code, err.partition(":")[0]) == (1, "folder-in-use")


def test_an_act_repeated_under_its_id_is_one_act(
    up: Up, here: UpHere, opened_round: str, submitted_application: str
) -> None:
    file = str(application_file(up.data, "host-1", f"The form of {CANARY}"))
    again = up.json("apply", "submit", opened_round, file, "--command-id", "first", person="host-1")
    assert again["receipt"]["stream"] == f"application/{submitted_application}"
    assert here.json("receipt", "first", person="host-1") == again


def test_a_receipt_of_an_act_that_never_was_says_so(up: Up, here: UpHere, submitted_application: str) -> None:
    for more, said in (
        ((), "not-recorded"),
        (("--on", submitted_application), "not-taken"),
        (("--on", "r1/9999"), "not-taken"),
    ):
        code, _, err = here("receipt", "no-such-act", *more, person="host-1")
        assert (code, err.partition(":")[0]) == (4, said)
    assert up("receipt", "no-such-act", person="host-1")[0] == 4


def test_an_id_belongs_to_a_person(here: UpHere, submitted_application: str) -> None:
    assert here("receipt", "first", person="host-1")[0] == 0
    code, _, err = here("receipt", "first", person="host-2")
    assert (code, err.partition(":")[0]) == (4, "not-recorded")
    assert here("receipt", "first", person="officer-1")[0] == 0, "staff see the acts of their round"


@pytest.fixture(scope="module")
def spoiled_names(here: UpHere, submitted_application: str) -> dict[str, str]:
    """What a refused command names: an application that is there, and files that are broken, too large or late."""
    broken = {
        "broken_yaml": f"field: [{CANARY}\n",
        "broken_json": f'{{"field": "x", "{CANARY}": ',
        "wrong_types": f"field: [1]\nregion: 7\n{CANARY}: {CANARY}\nhost: {CANARY}\n",
        "faulty_review": f"scores: {{{CANARY}: ten}}\ntext: {CANARY}\u202e\n{CANARY}: x\n",
        "large_form": "form: " + "x" * 4_000_000,
        "large_text": "x" * 4_000_001,
        "broken_rules": f"schema_version: 1\nplaces: many\n{CANARY.replace('-', '_')}: {CANARY}\n",
        "proposal": "items: [{application: '0001', reason: The best}]\n",
        f"{CANARY}_broken": f"field: [{CANARY}\n",
    }
    found = {
        "submitted": submitted_application,
        "whole": str(application_file(here.data, "host-2", "A form")),
    }
    for name, text in broken.items():
        file = here.data / f"{name}.{'json' if 'json' in name else 'yaml'}"
        file.write_text(text, encoding="utf-8")
        found[name.replace(CANARY, "named")] = str(file)
    large = here.data / "large.pdf"
    with large.open("wb") as opened:
        opened.truncate(20 * 1024 * 1024 + 1)
    return found | {"large_file": str(large), "rules": str(rules_file(here.data, "60"))}


REFUSED: list[tuple[str, str, str]] = [
    ("officer-1", "check pass r1/9999", "hidden"),
    ("officer-1", "show r1/9999", "hidden"),
    ("officer-1", "round approve r9 department", "hidden"),
    ("expert-1", "show {submitted}", "hidden"),
    ("expert-1", "timeline {submitted}", "hidden"),
    ("expert-1", "show r1/9999", "hidden"),
    ("expert-1", "timeline r1/9999", "hidden"),
    ("host-2", "apply withdraw r1/9999", "not-entitled"),
    ("host-2", "check pass r1/9999", "hidden"),
    ("host-2", "check pass {submitted}", "hidden"),
    ("host-2", "check similar r1/9999", "hidden"),
    ("host-2", "conflict report r1/9999 expert-1 --text Why", "not-entitled"),
    ("host-2", "conflict report {submitted} expert-1 --text Why", "not-entitled"),
    ("host-2", f"text get {CANARY} --of r1/9999", "hidden"),
    ("host-2", "apply withdraw {submitted}", "not-entitled"),
    ("host-1", "apply submit r1 {broken_yaml}", "unreadable"),
    ("host-1", "apply submit r1 {named_broken}", "unreadable"),
    ("host-1", "apply submit r1 {broken_json}", "unreadable"),
    ("host-1", "apply mend {submitted} {wrong_types}", "answers-unfit"),
    ("host-1", "apply submit r1 {large_form}", "message-too-large"),
    ("host-1", "text put r1 @{large_text}", "message-too-large"),
    ("host-1", "file put r1 {large_file}", "too-many"),
    ("host-1", f"apply withdraw {{submitted}} --reason ref:{CANARY}", "unknown-content"),
    ("host-1", f"text get {CANARY}", "hidden"),
    ("admin-1", "person erase expert-1 --reason ref:nothing --yes", "unknown-content"),
    ("officer-1", "person list", "not-entitled"),
    ("host-1", "export r9", "hidden"),
    ("expert-1", "review submit {submitted} {faulty_review}", "answers-unfit"),
    ("unit-bj", "recommend rank r1 0009", "unknown-application"),
    ("officer-1", "round open r1 {rules}", "round-exists"),
    ("officer-1", "round open r2 {broken_rules}", "rules-faulty"),
    ("officer-1", "round propose r1 {proposal} --yes", "wrong-stage"),
    ("officer-1", "round propose r1 {wrong_types} --yes", "unreadable"),
]


@pytest.mark.parametrize(("person", "line", "code"), REFUSED, ids=[line for _, line, _ in REFUSED])
def test_what_is_refused_says_so_and_is_recorded(
    here: UpHere, spoiled_names: dict[str, str], person: str, line: str, code: str
) -> None:
    name = f"refused-{hash((person, line))}"
    exits, out, err = here(*line.format(**spoiled_names).split(" "), "--command-id", name, person=person)
    assert (exits, err.partition(":")[0]) == (2, code)
    noted, nothing, again = here("receipt", name, person="officer-1")
    assert (noted, nothing, again.partition(":")[0]) == (2, "", code)
    # To whoever wrote a rules file its own keys are listed.
    assert CANARY not in out + err + again
    assert CANARY.replace("-", "_") not in again


def test_what_a_stranger_is_refused_leaves_no_entry(here: UpHere) -> None:
    exits, out, err = here("task", "list", "--command-id", "strange-1", person=CANARY)
    assert (exits, err.partition(":")[0]) == (2, "unknown-person")
    noted, nothing, again = here("receipt", "strange-1", person="officer-1")
    assert (noted, nothing, again.partition(":")[0]) == (4, "", "not-recorded")
    assert CANARY not in out + err + again


DRY = (
    "notice r9",
    "issue r9",
    "draw r9",
    "repeat r9",
    "shortlist r9",
    "cancel r9 --reason Why",
    "propose r9",
)


@pytest.mark.parametrize("line", DRY)
def test_a_dry_run_that_is_refused_is_not_recorded(here: UpHere, line: str) -> None:
    name = f"dry-{hash(line)}"
    words = ("round", *line.split(" "), "--dry-run", "--command-id", name)
    code, _, err = here(*words, person="officer-1")
    assert (code, err.partition(":")[0]) == (2, "hidden")
    assert here("receipt", name, person="officer-1")[0] == 4


def test_faulty_rules_are_listed_whole_and_recorded_by_known_names(
    here: UpHere, spoiled_names: dict[str, str]
) -> None:
    line = ("--json", "round", "open", "r2", spoiled_names["broken_rules"], "--command-id", "faulty-1")
    code, out, err = here(*line, person="officer-1")
    assert (code, json.loads(err)["error"]["code"]) == (2, "rules-faulty")
    listed = [(fault["path"], fault["line"]) for fault in json.loads(out)["faults"]]
    assert {("places", 2), (CANARY.replace("-", "_"), 3), ("criteria", 1)} <= set(listed)
    told = here("receipt", "faulty-1", person="officer-1")[2]
    places = told.removeprefix("rules-faulty: The rules contain errors: ").removesuffix(".\n").split(", ")
    assert sorted(places) == sorted(path if path[0].islower() else "(unknown)" for path, _ in listed)
    assert here("round", "status", "r2", person="officer-1")[2].startswith("hidden")


def test_what_was_refused_before_it_was_sent_can_be_mended_under_its_id(
    here: UpHere, opened_round: str
) -> None:
    line = (
        "round",
        "extend",
        opened_round,
        "appraisal",
        "2025-05-21",
        "--cause",
        "force-majeure",
        "--command-id",
        "mended-1",
        "--reason",
    )
    assert here(*line, " ", person="officer-1")[0] == 2
    done = here.json(*line, "floods", person="officer-1")
    assert here.json("receipt", "mended-1", person="officer-1") == done


def test_what_comes_a_second_late_is_refused_and_recorded(
    here: UpHere, people: Path, spoiled_names: dict[str, str]
) -> None:
    ended = datetime.now(UTC) - timedelta(minutes=4, seconds=1)
    days = {"submission": "2024-07-18", "recommendation": "2024-07-20"}
    rules = rules_file(here.data, "60", clock={"start": f"{ended:%Y-%m-%dT%H:%M:%SZ}"}, calendar=days)
    here.json("round", "open", "late", str(rules), person="officer-1")
    line = ("apply", "submit", "late", spoiled_names["whole"], "--command-id", "late-1")
    code, _, err = here(*line, person="host-2")
    until = format_deadline(ended.replace(microsecond=0) + timedelta(minutes=4), "en")
    assert (code, err) == (
        2,
        f"late: The deadline (submission) passed at {until}; only an extension can reopen it.\n",
    )
    assert here("receipt", "late-1", person="host-2") == (2, "", err)


def test_people_see_what_the_table_allows(here: UpHere, submitted_application: str) -> None:
    number = submitted_application.partition("/")[2]
    seen = {
        person: [row["number"] for row in here.json("export", "r1", person=person)["applications"]]
        for person in ("officer-1", "host-1", "unit-bj", "host-2", "expert-1")
    }
    assert seen == {
        "officer-1": [number],
        "host-1": [number],
        "unit-bj": [number],
        "host-2": [],
        "expert-1": [],
    }
    contents = here.json("show", submitted_application, person="host-1")["contents"]
    form = next(item["id"] for item in contents if item["content"] == "submission.form")
    assert here("text", "get", form, "--of", submitted_application, person="unit-bj")[0] == 0
    assert here("text", "get", form, "--of", submitted_application, person="host-2")[2].startswith("hidden: ")
    assert here("text", "get", form, person="officer-1")[2].startswith("hidden: ")


def test_no_list_names_a_person(here: UpHere, submitted_application: str) -> None:
    said = ""
    for person in PEOPLE:
        for words in (
            ("show", submitted_application),
            ("export", "r1"),
            ("task", "list"),
            ("status", "r1"),
            ("status",),
        ):
            said += "".join(here(*words, person=person)[1:])
        said += here("round", "status", "r1", person=person)[1]
    assert CANARY not in said
    log = "".join(file.read_text("utf-8", "replace") for file in (here.data / "logs").glob("*.log"))
    assert CANARY not in log


def test_a_dry_run_shows_and_records_nothing(
    here: UpHere, opened_round: str, people: Path, spoiled_names: dict[str, str]
) -> None:
    before = here.json("status", opened_round, person="officer-1")["entries"]
    assert here.json("person", "import", str(people), "--dry-run", person="admin-1")["people"]
    for line in (
        ("round", "draw", opened_round),
        ("round", "propose", opened_round, spoiled_names["proposal"]),
    ):
        name = f"dry-{line[1]}"
        code, _, err = here(*line, "--dry-run", "--command-id", name, person="officer-1")
        assert (code, err.partition(":")[0]) == (2, "wrong-stage")
        assert here("receipt", name, person="officer-1")[0] == 4
    assert here.json("status", opened_round, person="officer-1")["entries"] == before


def test_units_come_in_from_a_table_once_and_everyone_reads_them(
    here: UpHere, opened_round: str, tmp_path: Path
) -> None:
    table, marked = tmp_path / "units.csv", tmp_path / "to-mend.csv"
    heading = "code,name_zh,name_en,kind,parents\n"
    table.write_text(
        f"{heading}99synthup2 ,二,Two,institute,９９SYNTHUP1\n99SYNTHUP1,,,,\n", encoding="utf-8"
    )
    act = ("unit", "import", str(table), "--yes")
    code, out, err = here(*act, "--marked", str(marked), person="admin-1")
    assert (code, err.partition(":")[0], "B3" in out, marked.exists()) == (2, "table-faulty", True, True)
    assert here.json("unit", "list", person="host-1")["units"] == []
    table.write_text(
        f"{heading}99synthup2 ,二,Two,institute,９９SYNTHUP1\n99SYNTHUP1,一,,,\n", encoding="utf-8"
    )
    assert here(*act, person="officer-1")[2].startswith("not-entitled: ")
    shown = here.json(*act[:3], "--dry-run", person="admin-1")["units"]
    assert [(item["code"], item["change"]) for item in shown] == [
        ("99SYNTHUP1", "new"),
        ("99SYNTHUP2", "new"),
    ]
    assert here.json("unit", "list", person="host-1")["units"] == []
    assert len(here.json(*act, person="admin-1")["receipts"]) == 1
    assert here.json(*act, person="admin-1")["units"] == []
    taken = tmp_path / "units.xlsx"
    assert here("unit", "list", "--output", str(taken), person="host-1")[0] == 0
    assert here.json("unit", "import", str(taken), "--yes", person="admin-1")["units"] == []
    table.write_text("code,name_en\n99SYNTHUP2,Second\n", encoding="utf-8")
    assert [item["change"] for item in here.json(*act, person="admin-1")["units"]] == ["changed"]
    story = here.json("unit", "show", "99 synthup2", person="host-1")
    assert [item["name_en"] for item in story["entries"]] == ["Two", "Second"]
    assert (story["unit"]["parents"], story["unit"]["name_zh"]) == (["99SYNTHUP1"], "二")
    assert here("unit", "show", "99SYNTHUP3", person="host-1")[2].startswith("hidden: ")
    apply_under_the_old_name(here, opened_round, tmp_path)


def apply_under_the_old_name(here: UpHere, opened: str, tmp_path: Path) -> None:
    """Who names a unit as it was named before is warned."""
    host = {"code": "99SYNTHUP2", "kind": "institute", "region": "CN-BJ", "name_en": "Two", "name_zh": "二"}
    file = application_file(tmp_path, "host-1", "text")
    file.write_text(json.dumps({**yaml.safe_load(file.read_text("utf-8")), "host": host}), encoding="utf-8")
    [warned] = here.json("apply", "check", opened, str(file), person="host-1")["warnings"]
    assert (warned["path"], warned["code"], "Second" in warned["warning"]) == (
        "host.name_en",
        "unit-renamed",
        True,
    )


def test_the_projections_are_what_the_log_says(here: UpHere, submitted_application: str) -> None:
    found = here.json("db", "rebuild", "--dry-run")["projections"]
    assert found
    assert all(item["equal"] for item in found)


def test_the_mails_to_a_person_are_read_by_that_person_only(here: UpHere, submitted_application: str) -> None:
    until(lambda: here.json("mail", "list", person="host-1")["mails"])
    assert here("mail", "read", "1", person="host-1")[0] == 0
    assert here.json("mail", "list", person="host-2")["mails"] == []


def stop_in_order_by_ctrl_c(up: Up) -> None:
    code, said = up.stop(signal.SIGINT)
    assert code == 0, said
    assert said.splitlines() == [
        "Stopping in order.",
        "- worker: stopped.",
        "- mail: stopped.",
        "- Temporal: stopped.",
        "- PostgreSQL: stopped.",
        "Stopped; everything is kept.",
    ]
    # PostgreSQL ends last: it has nobody left whose connection it would have to cut.
    database = (up.data / "logs" / "postgres.log").read_text("utf-8")
    assert "database system is shut down" in database
    assert "due to administrator command" not in database


def test_started_again_everything_is_there_and_a_signer_that_finds_another_record_than_it_signed_says_so(
    up: Up, here: UpHere, opened_round: str, submitted_application: str
) -> None:
    until(lambda: here.json("checkpoint", "list", opened_round)["checkpoints"])
    before = here.json("timeline", submitted_application, person="officer-1")
    stop_in_order_by_ctrl_c(up)
    code, out, err = here("doctor", "--lang", "zh")
    assert (code, err.partition(":")[0]) == (1, "checks-failed")
    assert "selection up" in out
    kept = up.data / "keys" / "signing.state.json"
    sound = kept.read_bytes()
    state = json.loads(sound)
    state["logs"][opened_round]["size"] += 1000
    kept.write_text(json.dumps(state))
    up.start()
    assert here.json("timeline", submitted_application, person="officer-1") == before
    until(lambda: "r1 (put-back)" in here("doctor")[1])
    assert "nothing signed" in (up.data / "logs" / "worker.log").read_text("utf-8")
    assert up.stop()[0] == 0
    kept.write_bytes(sound)
    up.start()
    go_on_with_all_logs(up)
