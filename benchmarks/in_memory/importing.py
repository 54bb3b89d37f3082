"""A thousand applications from one XLSX: read and checked as the preview of `apply import` does, in this process.

What the preview asks the record beside that does not grow with the rows, but for what was handed in before: one query,
and one trial for each combination of field, region, priority and host.
"""

import tempfile
import time
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figures import Figure, Say
from benchmarks.in_memory.form_book import write_book
from reading.models import RoundForm
from selection.forms.fields import FileField, TableField
from selection.forms.form import Form
from selection.forms.one_text import application_form
from starter.demo.example import load_example
from starter.imports.form_layouts import sheets_of
from starter.imports.form_rows import match_form_table
from starter.people.filled_file import FilledFile, fill_beside
from starter.people.importing import check_rows
from tables.child import parse_sheets

PART = "import"
TIMES = 10
SINGLES = 10
CAUSE = "Reading the sheets' XML, and checking each row against the form's schema. A busy machine is slower."


@dataclass(frozen=True)
class CheckTiming:
    """What reading and checking one table took: seconds waited, and of the processor."""

    seconds: float
    cpu: float


async def measure(applications: int, say: Say) -> list[Figure]:
    """Check a table of so many rows, one of a tenth, and some of its rows as files of their own."""
    rules = load_example().rules
    form = RoundForm(
        form=application_form(rules.forms),
        fields=rules.fields,
        regions=rules.regions,
        priorities=rules.priorities,
    )
    typed = [yaml.safe_load(applicant.text) for applicant in load_example().applicants]
    with tempfile.TemporaryDirectory(prefix="center-selection-import-") as folder:
        root = Path(folder)
        rows = {
            f"row-{n}": put_files(root, form.form, n, deepcopy(typed[n % len(typed)]))
            for n in range(applications)
        }
        await check(root, form, dict(list(rows.items())[:TIMES]))
        few = await check(root, form, dict(list(rows.items())[: applications // TIMES]))
        many = await check(root, form, rows)
        single = check_singly(root, form, list(rows.values())[:SINGLES])
    duration = f"{many.seconds:.1f} s ({many.cpu:.1f} s CPU)"
    say(f"{applications} applications of one XLSX read and checked in {duration}")
    return list_figures(applications, few, many, single)


def list_figures(applications: int, few: CheckTiming, many: CheckTiming, single: float) -> list[Figure]:
    """Return the figures of a table of so many rows, of one of a tenth, and of the CPU seconds of one file."""
    checked = f"{applications:,} applications of one XLSX, read and checked"
    growth = f"times the CPU for {TIMES} times the rows, each row"
    alone = "CPU of a row against the same form as a file of its own (`apply check`)"
    by_row = many.cpu / applications
    return [
        Figure(PART, checked, many.seconds, "s", target=10, at_least=False, cause=CAUSE),
        Figure(PART, "the same, CPU", many.cpu, "s"),
        Figure(PART, growth, many.cpu / few.cpu / TIMES, target=1.3, at_least=False),
        Figure(PART, alone, by_row / single, target=1, at_least=False),
    ]


async def check(folder: Path, form: RoundForm, rows: Mapping[str, Mapping[str, Any]]) -> CheckTiming:
    """Read and check a table of these rows. Raises AssertionError where one has a fault."""
    body = write_book(form.form, form, rows)
    began, used = time.perf_counter(), time.process_time()
    table = match_form_table(parse_sheets(body), form.form, sheets_of(form.form, form), 0)
    fitting = await check_rows(table, fill_beside(form, folder))
    took = CheckTiming(time.perf_counter() - began, time.process_time() - used)
    assert len(fitting) == len(rows), table.faults
    return took


def check_singly(folder: Path, form: RoundForm, rows: Sequence[Mapping[str, Any]]) -> float:
    """Return the CPU seconds of checking one form as a file of its own, as the mean of these."""
    files = []
    for number, row in enumerate(rows):
        files.append(folder / f"{number}.yaml")
        files[-1].write_text(yaml.safe_dump(dict(row), allow_unicode=True), encoding="utf-8")
    used = time.process_time()
    for file in files:
        assert not FilledFile(form, file).check()
    return (time.process_time() - used) / len(files)


def put_files(folder: Path, form: Form, number: int, typed: dict[str, Any]) -> dict[str, Any]:
    """Return an application's answers with each of its files in the folder."""

    def put(place: str, written: Any) -> dict[str, str]:
        file = folder / f"{number}-{place}.txt"
        file.write_text(f"{written} {number} {place}", encoding="utf-8")
        return {"file": file.name}

    found = dict(typed)
    for field in form.fields():
        answer = found.get(field.code)
        match field:
            case FileField() if answer is not None:
                found[field.code] = put(field.code, answer)
            case TableField() if isinstance(answer, list):
                files = [column.code for column in field.columns if isinstance(column, FileField)]
                found[field.code] = [
                    {
                        **row,
                        **{
                            code: put(f"{field.code}-{at}-{code}", row[code]) for code in files if code in row
                        },
                    }
                    for at, row in enumerate(answer)
                ]
    return found
