"""Applications that somebody hands in from one table, by the command line on a stack that runs."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from benchmarks.in_memory.form_book import write_book
from selection.forms.one_text import ONE_TEXT
from starter.demo.example import load_example
from tests.starter.support.acting import list_events, read_refusal, until
from tests.starter.support.stack import Up, application_file

AGENT = "office-1"
SUBMITTED = "application.submitted.v1"
Rows = dict[str, dict[str, Any]]


def sound_rows(up: Up, count: int) -> Rows:
    """Return so many rows of the agent's own unit."""
    facts = yaml.safe_load(application_file(up.data, AGENT, "All of it").read_text(encoding="utf-8"))
    (up.data / "pledge.txt").write_text("We pledge", encoding="utf-8")
    sound = {**facts, "pledge": {"file": "pledge.txt"}}
    return {f"centre-{number}": {**sound, "name_en": f"Centre {number}"} for number in range(count)}


def table_of(up: Up, rows: Rows) -> str:
    """Write the rows as XLSX."""
    file = up.data / "many.xlsx"
    file.write_bytes(write_book(ONE_TEXT, load_example().rules, rows))
    return str(file)


def changes(up: Up, round_id: str, *more: str) -> Counter[str]:
    """Return what an import would come to, by its preview, which records nothing."""
    file = str(up.data / "many.xlsx")
    rows = up.json("apply", "import", round_id, file, "--dry-run", *more, person=AGENT)["rows"]
    return Counter(row["change"] for row in rows)


def refuse_faulty(up: Up, round_id: str, rows: Rows) -> None:
    """One wrong row, and nothing is handed in; a copy of the file says which and why."""
    wrong = {
        **rows,
        "other": {**rows["centre-0"], "host": {**rows["centre-0"]["host"], "code": "99SYNTHother"}},
    }
    act = (
        "apply",
        "import",
        round_id,
        table_of(up, wrong),
        "--yes",
        "--marked",
        str(up.data / "marked.xlsx"),
    )
    assert read_refusal(up, *act, person=AGENT) == "table-faulty"
    assert Path(act[-1]).exists()
    assert read_refusal(up, *act, person="officer-1") == "not-entitled"
    assert up("timeline", f"{round_id}/0001", person="officer-1")[0] != 0


def break_off_and_repeat(up: Up, round_id: str, rows: Rows) -> list[str]:
    """Kill an import once the first application is there, repeat it, and return all applications."""
    act = ("apply", "import", round_id, table_of(up, rows), "--yes")
    assert changes(up, round_id) == {"new": len(rows)}
    broken = up.running(*act, person=AGENT)
    until(lambda: up("timeline", f"{round_id}/0001", person="officer-1")[0] == 0, every=0.05)
    broken.kill()
    broken.communicate()
    up.json(*act, person=AGENT)
    assert changes(up, round_id) == {"as-before": len(rows)}
    assert "receipts" not in up.json(*act, person=AGENT)
    shown = up.json("apply", "import", round_id, act[3], "--dry-run", person=AGENT)["rows"]
    found = [f"{round_id}/{row['application']}" for row in shown]
    assert len(set(found)) == len(rows)
    for application in found:
        assert list_events(up, application) == [SUBMITTED]
    return found


def hand_in_anew(up: Up, round_id: str, rows: Rows, first: str) -> None:
    """A row that changed is a new version of its application, if that is asked for."""
    changed = {**rows, "centre-0": {**rows["centre-0"], "name_en": "Renamed"}}
    act = ("apply", "import", round_id, table_of(up, changed), "--yes")
    assert read_refusal(up, *act, person=AGENT) == "table-faulty"
    anew = ("--new-versions",)
    assert changes(up, round_id, *anew) == {"as-before": len(rows) - 1, "new-version": 1}
    up.json(*act, *anew, person=AGENT)
    assert list_events(up, first) == [SUBMITTED, SUBMITTED]
    # Back to what it was before: a version of its own, though its answers were handed in once.
    table_of(up, rows)
    assert changes(up, round_id, *anew) == {"as-before": len(rows) - 1, "new-version": 1}
    up.json(*act, *anew, person=AGENT)
    assert list_events(up, first) == [SUBMITTED] * 3
    assert changes(up, round_id) == {"as-before": len(rows)}
