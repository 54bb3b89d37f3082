"""A reviewer's draft is theirs alone: a private file whose name tells nothing, and nothing of the record's."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from selection.refusals.refused import Refused
from starter.cli.failures import CommandFailed
from starter.people.review_draft import DraftFile
from tests.starter.support.commands import Answer, Cli

DRAFT = "scores:\n  technical: 20.5\n  positioning: 18\ntext: '@/etc/passwd is no file here; 尚待补充'\n"
STREAM = "application/r1/0001"


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """Files are open to everybody, unless who makes them says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def draft_file(tmp_path: Path) -> Path:
    file = tmp_path / "review.yaml"
    file.write_text(DRAFT, encoding="utf-8")
    return file


def draft(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *words: str, person: str = "expert-1"
) -> Answer:
    """Run a command on drafts; there is no stack and no database anywhere."""
    return Cli(capsys)("--data", str(tmp_path / "data"), "--as", person, "review", "draft", *words)


def test_a_draft_is_kept_shown_and_dropped_without_any_record(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, draft_file: Path
) -> None:
    assert draft(capsys, tmp_path, "save", "r1/0001", str(draft_file)).code == 0
    assert draft(capsys, tmp_path, "show", "r1/0001").out == DRAFT
    assert draft(capsys, tmp_path, "show", "application/r1/0001").out == DRAFT
    draft_file.write_text("text: anew\n", encoding="utf-8")
    draft(capsys, tmp_path, "save", "r1/0001", str(draft_file))
    assert draft(capsys, tmp_path, "show", "r1/0001").out == "text: anew\n"
    assert draft(capsys, tmp_path, "drop", "r1/0001").code == 0
    assert draft(capsys, tmp_path, "drop", "r1/0001").code == 0
    gone = draft(capsys, tmp_path, "show", "r1/0001")
    assert (gone.code, gone.err.partition(":")[0]) == (2, "no-draft")


def test_only_its_owner_reads_the_file_and_its_name_tells_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, draft_file: Path
) -> None:
    draft(capsys, tmp_path, "save", "r1/0001", str(draft_file))
    [file] = (tmp_path / "data" / "drafts").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not any(word in file.name for word in ("expert", "0001", "r1"))


def test_another_person_and_another_application_have_no_part_in_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, draft_file: Path
) -> None:
    draft(capsys, tmp_path, "save", "r1/0001", str(draft_file))
    assert draft(capsys, tmp_path, "show", "r1/0001", person="expert-2").code == 2
    assert draft(capsys, tmp_path, "show", "r1/0002").code == 2


@pytest.mark.parametrize("name", ["../../outside", "/etc/cron.d/x", "a\nb", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, draft_file: Path, name: str) -> None:
    kept = DraftFile(tmp_path / "data", name, f"application/{name}/{name}")
    kept.save(draft_file)
    assert kept.path.parent.resolve() == (tmp_path / "data" / "drafts").resolve()
    assert kept.read() == DRAFT


def test_a_link_in_its_place_is_replaced_and_not_written_through(tmp_path: Path, draft_file: Path) -> None:
    kept, victim = DraftFile(tmp_path, "expert-1", STREAM), tmp_path / "victim"
    victim.write_text("untouched", encoding="utf-8")
    kept.path.parent.mkdir()
    kept.path.symlink_to(victim)
    kept.save(draft_file)
    assert (victim.read_text(encoding="utf-8"), kept.path.is_symlink()) == ("untouched", False)


@pytest.mark.parametrize(
    "text", ["- secret\n", "secret\n", "secret: [", "&a [*a]\n", "secret: x\nsecret: much\n"]
)
def test_what_is_no_draft_replaces_none_and_is_not_repeated(
    tmp_path: Path, draft_file: Path, text: str
) -> None:
    kept = DraftFile(tmp_path, "expert-1", STREAM)
    kept.save(draft_file)
    draft_file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        kept.save(draft_file)
    assert refused.value.code == "unreadable"
    assert not any(word in str(refused.value.params) for word in ("secret", "much"))
    assert kept.read() == DRAFT


def test_half_a_draft_is_kept_and_where_there_is_none_none_is_taken(tmp_path: Path, draft_file: Path) -> None:
    kept = DraftFile(tmp_path, "expert-1", STREAM)
    with pytest.raises(CommandFailed):
        kept.require()
    draft_file.write_text("scores:\n  technical: much\n  positioning:\n", encoding="utf-8")
    kept.save(draft_file)
    assert kept.require() == kept.path
