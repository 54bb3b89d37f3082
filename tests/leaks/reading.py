"""Command lines, run in this process as a person types them, and what they print."""

import base64
import contextlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starter.cli.main import run
from tests.leaks.acting import ROUND


@dataclass(frozen=True)
class Look:
    """What one person was shown by one command line; `stream` is empty if it is about the whole round."""

    moment: str
    person: str
    line: str
    stream: str
    code: int
    text: str


def look(moment: str, data: Path, person: str, words: Sequence[str], stream: str = "") -> Look:
    """Run one command line and return all that it prints, errors included."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = run([*words, "--as", person, "--data", str(data)])
    printed.flush()
    line = " ".join(words)
    return Look(moment, person, line, stream, code, _read_printed(printed) + _read_written(words))


def _read_written(words: Sequence[str]) -> str:
    """What a line has put into the file that it names; of a bundle, all that is in it. The file is gone then."""
    if "--output" not in words:
        return ""
    path = Path(words[words.index("--output") + 1])
    if not path.exists():
        return ""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as bundle:
            text = "\n".join(_open(bundle.read(name)) for name in bundle.namelist())
    else:
        text = path.read_text(encoding="utf-8")
    path.unlink()
    return text


def _open(member: bytes) -> str:
    """A file of a bundle as it is, and what of it stands in base64: the contents."""
    text = member.decode("utf-8", "replace")
    kept = json.loads(text) if member.startswith(b'{"content":') else {}
    return text + base64.b64decode(kept.get("content", "")).decode("utf-8", "replace")


def _read_printed(printed: io.TextIOWrapper) -> str:
    raw = printed.buffer
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
    lines += [["check", "grounds", ROUND]]
    return [*lines, ["status"], ["person", "list"]]


def bulk_act(act: str) -> list[str]:
    """The dry run of an officer's bulk act: it reads what it would do, so nobody else may run it."""
    return ["round", act, ROUND, "--dry-run"]


def of_contents(number: str, text: str, file: str) -> list[list[str]]:
    """The command lines that open two contents of an application, which only those may who reviews it."""
    return [["text", "get", text, "--of", number], ["file", "get", file, "--of", number]]


def of_application(moment: str, stream: str) -> list[list[str]]:
    """The command lines that read about one application; of the two, one is also shown in tables."""
    number = stream.removeprefix("application/")
    lines = [["show", number, *AS_JSON], ["timeline", number, *AS_JSON]]
    if moment == "end" and number.endswith("1"):
        lines += [["timeline", number], ["show", number], ["check", "similar", number]]
    return lines
