"""`selection audit verify` as people type it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit.bundle.layout import MANIFEST
from selection.kernel.canonical import canonical_bytes
from tests.audit.support import bundles as b
from tests.starter.support.commands import Cli
from tests.tamper.parts import Parts, json_of


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    (tmp_path / "test.vkey").write_text(b.KEY.vkey + "\n")
    (tmp_path / "held.checkpoint").write_text(b.note(b.ROUND, b.bodies(), 4).encoded)
    return b.write(tmp_path / "round.zip", b.bodies())


def test_without_a_key_it_is_said_what_can_not_be_proven(cli: Cli, bundle: Path) -> None:
    answer = cli("audit", "verify", str(bundle), "--lang", "zh")
    assert answer.code == 1
    assert "未从外部提供公钥" in answer.out
    assert json.loads(cli("audit", "verify", str(bundle), "--json").out)["verdict"] == "not-provable"


@pytest.mark.parametrize(
    ("redacted", "said"),
    [
        (False, "无法证明: 未发现不符，但证明包缺少 {gone} 份内容"),
        (True, "无法证明: 此为隐去内容的证明包：按对外提供的惯例隐去 {gone} 份内容。"),
    ],
)
def test_texts_that_are_not_there_are_named_in_the_verdict_and_by_the_exit_code(
    cli: Cli, bundle: Path, redacted: bool, said: str
) -> None:
    command = ("audit", "verify", str(bundle), "--key", str(bundle.with_name("test.vkey")), "--lang", "zh")
    assert cli(*command).code == 1
    parts = Parts.of(bundle)
    left = Parts(
        parts.round, {name: body for name, body in parts.files.items() if name not in parts.contents}
    )
    words = json_of(left.files[MANIFEST]) | {"redacted": redacted}
    left.with_file(MANIFEST, canonical_bytes(words)).fit().write(bundle)
    answer = cli(*command)
    assert answer.code == 5
    # Where a line breaks is the terminal's matter.
    assert "".join(said.format(gone=len(parts.contents)).split()) in "".join(answer.out.split())


def test_a_difference_is_named_by_its_place(cli: Cli, bundle: Path) -> None:
    bodies = b.bodies()
    signed = b.checkpoints(b.ROUND, bodies, [3, len(bodies)])
    b.write(bundle, [*bodies[:3], bodies[4], bodies[3], *bodies[5:]], signed=signed)
    key = str(bundle.with_name("test.vkey"))
    answer = cli("audit", "verify", str(bundle), "--key", key)
    assert answer.code == 1
    assert f"{b.ROUND}#3" in answer.out
    document = json.loads(cli("audit", "verify", str(bundle), "--key", key, "--json").out)
    assert document["verdict"] == "refuted"
    [claim] = [item for item in document["claims"] if item["code"] == "checkpoints-consistent"][1:]
    assert (claim["finding"], claim["point"]) == ("root-differs", f"{b.ROUND}#3")


def test_programs_and_the_page_are_told_the_first_point_of_difference_too(cli: Cli, bundle: Path) -> None:
    key, page = str(bundle.with_name("test.vkey")), bundle.with_name("report.html")
    whole = json.loads(cli("audit", "verify", str(bundle), "--json", "--html", str(page)).out)
    assert whole["first_difference"] is None
    assert "First point of difference" not in page.read_text(encoding="utf-8")
    bodies = b.bodies()
    signed = b.checkpoints(b.ROUND, bodies, [3, len(bodies)])
    b.write(bundle, [*bodies[:3], bodies[4], bodies[3], *bodies[5:]], signed=signed)
    answer = cli("audit", "verify", str(bundle), "--key", key, "--json", "--html", str(page))
    first = json.loads(answer.out)["first_difference"]
    assert (first["verdict"], first["point"]) == ("refuted", f"{b.ROUND}#3")
    _, _, begins = page.read_text(encoding="utf-8").partition("首个不符之处")
    assert begins.partition("不符之处")[0].count(f"<code>{b.ROUND}#3</code>") == 1


def test_the_page_holds_the_verdict_in_both_languages_and_nothing_that_runs(cli: Cli, bundle: Path) -> None:
    page = bundle.with_name("report.html")
    assert cli("audit", "verify", str(bundle), "--html", str(page)).code == 1
    text = page.read_text(encoding="utf-8")
    for part in ("无法证明", "not provable", "第二批", "Second batch", "What can't be proven", "--key"):
        assert part in text
    assert "<script" not in text
    assert "http" not in text


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["{key}"], "not-a-bundle", 1),
        (["{folder}"], "file-missing", 2),
        (["{folder}/none.zip"], "file-missing", 2),
        (["{bundle}", "--key", "{bundle}"], "unreadable", 2),
        (["{bundle}", "--key", "{held}"], "key-unreadable", 2),
        (["{bundle}", "--stamping", "{key}"], "key-unreadable", 2),
        (["{bundle}", "--checkpoint", "{key}"], "checkpoint-unreadable", 2),
        (["{bundle}", "--html", "{folder}/none/report.html"], "file-unwritable", 2),
    ],
)
def test_what_can_not_be_read_is_said_in_one_line(
    cli: Cli, bundle: Path, arguments: list[str], code: str, exit_code: int
) -> None:
    places = {
        "key": bundle.with_name("test.vkey"),
        "held": bundle.with_name("held.checkpoint"),
        "folder": bundle.parent,
        "bundle": bundle,
    }
    answer = cli("audit", "verify", *(word.format(**places) for word in arguments))
    assert answer.code == exit_code
    assert answer.err.startswith(f"{code}: ")
    assert answer.err.count("\n") == 1


def list_loaded(*arguments: str) -> set[str]:
    """Every module that a process has loaded once it has run a command line, whatever came of it."""
    script = f"import sys; from starter.cli.main import run; run({list(arguments)!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_verifying_loads_neither_the_record_nor_what_reads_it(bundle: Path) -> None:
    loaded = list_loaded("audit", "verify", str(bundle), "--key", str(bundle.with_name("test.vkey")))
    assert "audit.verify" in loaded
    assert loaded & {"psycopg", "ledger", "reading.service", "starter.cli.session"} == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_help_of_verifying_loads_nothing_that_verifies(lang: str) -> None:
    loaded = list_loaded("audit", "verify", "--help", "--lang", lang)
    assert "starter.commands.audit.verify" in loaded
    heavy = {"audit", "selection.rooms", "temporalio", "psycopg", "ledger", "cryptography"}
    assert loaded & heavy == set()
