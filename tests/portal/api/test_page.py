"""The example of docs/api.md, run as it is written: by curl, jq and openssl, against a portal on a port."""

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from selection.decision.envelope import digest_of
from selection.kernel.actor import Actor, Role
from selection.kernel.proof import Proof
from selection.signing.reading import Question, read_statement
from selection.signing.software_key import BLANK
from selection.signing.statement import Intent, statement_of
from starter.keys.key_file import KeyFile
from tests.portal.support.acting import EXPERT, STREAM
from tests.portal.support.serving import serve_record
from tests.portal.support.signing import OWN, url
from tests.starter.support.quickstart_pages import Command, steps_of

__all__ = ["url"]
pytestmark = pytest.mark.repo
ROOT = Path(__file__).parents[3]
WRITTEN = "http://localhost:8700"
MARK = "--- done ---"


@pytest.fixture
def origin(url: str) -> Iterator[str]:
    with serve_record(url) as found:
        yield found


def test_the_example_answers_as_the_page_says(origin: str, tmp_path: Path) -> None:
    KeyFile.of(EXPERT, OWN, "a passphrase of many words").write(tmp_path / "expert-1.key")
    (tmp_path / "passphrase").write_text("a passphrase of many words")
    commands = [command for step in steps_of(ROOT / "docs" / "api.md", ROOT).values() for command in step]
    assert len(commands) > 20
    answers = run_all(commands, origin, tmp_path)
    for command, answer in zip(commands, answers, strict=True):
        assert command.difference(answer) == ""


NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUESTION = Question(installation="here-1", challenge="a" * 64, issued=NOW, expires=NOW + timedelta(minutes=5))
DECLINE = {"kind": "decline-invitation"}
INTENT = Intent(
    stream=STREAM,
    command_id="accept-0042",
    person=EXPERT,
    role="expert",
    digest=digest_of(STREAM, Actor(person=EXPERT, role=Role.EXPERT), DECLINE),
)
TERMS = Proof(installation="here-1", rules="b" * 64, looked_at=7, issued=NOW, expires=NOW, signature=BLANK)


def ask_to_sign_other_acts() -> dict[str, dict[str, Any]]:
    """What a server that was broken into answers, by the file in which the page keeps it."""
    lie = INTENT.with_(stream="application/other/0001", role="admin", digest="c" * 64).model_dump(mode="json")
    question, terms = QUESTION.model_dump(mode="json"), TERMS.model_dump(mode="json")
    return {
        "question.json": {
            "question": {**question, **lie, "purpose": "act", "person": "victim"},
            "statement": "lie",
        },
        "act.json": {"role": "expert", "command": DECLINE},
        "wanted.json": {
            "act": {**lie, "command": {"kind": "erase-person"}},
            "to_sign": [{"statement": "lie", "proof": {**terms, **lie, "manifest": {}}}],
        },
    }


def test_what_is_signed_is_written_here_whatever_the_server_says(tmp_path: Path) -> None:
    """A server that was broken into asks to sign other acts, as questions and as acts."""
    commands = [command for step in steps_of(ROOT / "docs" / "api.md", ROOT).values() for command in step]
    written = [
        item for item in commands if item.text.endswith(("> statement", "> digest-of-act", "> terms.json"))
    ]
    named = [item for item in commands if item.text.startswith(("STREAM=", "ID="))]
    signed = [item.text for item in commands if item.text.startswith("sign ")]
    assert signed == ["sign < statement > signature"] * 2
    own = [Command("", 0, f"PERSON={EXPERT} KEY={OWN.key.key}", None), *named]
    for name, body in ask_to_sign_other_acts().items():
        (tmp_path / name).write_text(json.dumps(body))
    first = written.index(next(item for item in written if "question.json" in item.text)) + 1
    run_all([*own, *written[:first]], WRITTEN, tmp_path)
    assert (tmp_path / "statement").read_bytes() == read_statement(EXPERT, OWN.key.key, QUESTION)
    run_all([*own, *written[first:]], WRITTEN, tmp_path)
    assert (tmp_path / "statement").read_bytes() == statement_of(INTENT, TERMS)


def run_all(commands: list[Command], origin: str, folder: Path) -> list[str]:
    """Run the commands in one shell, as somebody types them, and return what each of them says."""
    script = "".join(f"{command.text}\nprintf '%s\\n' '{MARK}'\n" for command in commands)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", f"exec 2>&1\n{script.replace(WRITTEN, origin)}"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.split(f"{MARK}\n")[:-1]
