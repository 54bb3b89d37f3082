"""Command lines, run in this process as a person types them, and what they print."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starter.main import run
from tests.leaks.acting import ROUND


@dataclass(frozen=True)
class Looked:
    """What one person was shown by one command line; `stream` is empty if it is about the whole round."""

    moment: str
    person: str
    line: str
    stream: str
    code: int
    text: str


def look(moment: str, data: Path, person: str, words: Sequence[str], stream: str = "") -> Looked:
    """Run one command line and return all that it prints, errors included."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = run([*words, "--as", person, "--data", str(data)])
    printed.flush()
    return Looked(moment, person, " ".join(words), stream, code, _printed(printed))


def _printed(printed: io.TextIOWrapper) -> str:
    raw = printed.detach()
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8", "replace")


EVERYBODY = ["task", "list", "--everybody", "--round", ROUND]
AS_JSON = ["--json"]


def of_round(moment: str) -> list[list[str]]:
    """The command lines that read about a round or about oneself: all at the end, before it the telling ones."""
    if moment != "end":
        return [[*EVERYBODY, *AS_JSON], ["round", "status", ROUND, *AS_JSON]]
    lines = [EVERYBODY, ["task", "list", *AS_JSON], ["status", ROUND, *AS_JSON], ["round", "status", ROUND]]
    lines += [["round", "status", ROUND, *AS_JSON], ["export", ROUND], ["export", ROUND, *AS_JSON]]
    return [*lines, ["status"], ["mail", "list"], ["person", "list"]]


def bulk_acts() -> list[list[str]]:
    """The dry runs of an officer's bulk acts: they read what they would do, so nobody else may run them.

    Not `cancel`, which is an administrator's act as well.
    """
    acts = ("draw", "shortlist", "propose", "notice", "issue", "repeat")
    return [["round", act, ROUND, "--dry-run"] for act in acts]


def of_application(moment: str, stream: str) -> list[list[str]]:
    """The command lines that read about one application; of the two, one is also shown in tables."""
    number = stream.removeprefix("application/")
    lines = [["show", number, *AS_JSON], ["timeline", number, *AS_JSON]]
    if moment == "end" and number.endswith("1"):
        lines += [["timeline", number], ["show", number], ["check", "similar", number]]
    return lines
