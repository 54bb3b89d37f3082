"""Histories that are made anew take the place of the old ones all at once, or not at all."""

from pathlib import Path

import pytest

from tests.golden.files import UNRELEASED, make_anew


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / UNRELEASED).mkdir()
    (tmp_path / UNRELEASED / "old.txt").write_text("old", encoding="utf-8")
    return tmp_path


def list_files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def write(made: Path) -> None:
    (made / UNRELEASED / "new.txt").write_text("new", encoding="utf-8")


def make_what_does_not_replay(root: Path) -> None:
    with make_anew(root) as made:
        write(made)
        raise AssertionError("does not replay")


def test_what_does_not_replay_leaves_the_old_histories_as_they_were(root: Path) -> None:
    with pytest.raises(AssertionError, match="does not replay"):
        make_what_does_not_replay(root)
    assert list_files(root) == [f"{UNRELEASED}/old.txt"]


def test_nothing_of_the_old_histories_outlasts_the_new(root: Path) -> None:
    with make_anew(root) as made:
        write(made)
        assert list_files(root / UNRELEASED) == ["old.txt"]
    assert list_files(root) == [f"{UNRELEASED}/new.txt"]


def test_after_a_release_took_the_folder_there_is_a_new_one(tmp_path: Path) -> None:
    with make_anew(tmp_path) as made:
        write(made)
    assert list_files(tmp_path) == [f"{UNRELEASED}/new.txt"]
