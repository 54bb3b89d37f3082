"""A form to fill in, from a stranger, names files of whoever fills it in: their key, a list of accounts."""

import json
from pathlib import Path
from typing import cast

import pytest

from reading.models import RoundForm
from selection.forms.one_text import ONE_TEXT
from starter.cli.content_arguments import Material, keep
from starter.cli.failures import CommandFailed
from starter.cli.session import Session
from starter.people.filled_file import FilledFile
from tests import factories as f

NOBODY = cast("Session", None)
"""Nothing is asked of a session before the file was found to lie where it may."""
SECRET = "id_ed25519"
FORM = RoundForm(form=ONE_TEXT, fields=f.RULES.fields, regions=f.RULES.regions, priorities=f.RULES.priorities)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the form was saved, in a home with a key; the stranger packed some links beside the form."""
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / SECRET).write_text("the key")
    made = tmp_path / "forms"
    (made / ".hidden").mkdir(parents=True)
    (made / ".hidden" / SECRET).write_text("the key")
    (made / "photo.jpg").symlink_to(tmp_path / ".ssh" / SECRET)
    (made / "photos").symlink_to(tmp_path / ".ssh")
    (made / "seen.jpg").symlink_to(made / ".hidden" / SECRET)
    return made


PATHS = [
    "/etc/passwd",
    f"../.ssh/{SECRET}",
    f"below/../../.ssh/{SECRET}",
    f"../forms/../.ssh/{SECRET}",
    "photo.jpg",
    f"photos/{SECRET}",
    f".hidden/{SECRET}",
    "seen.jpg",
    "..",
    "a\0b",
]


@pytest.mark.parametrize("named", PATHS)
async def test_a_file_of_facts_stores_nothing_from_outside_of_its_folder(folder: Path, named: str) -> None:
    with pytest.raises(CommandFailed, match="file-outside"):
        await keep(NOBODY, Material(file=Path(named)), "r", folder)


@pytest.mark.parametrize("named", PATHS)
def test_a_filled_in_form_takes_no_file_from_outside_of_its_folder(folder: Path, named: str) -> None:
    file = {"file": named}
    form = folder / "application.yaml"
    form.write_text(json.dumps({"form": file, "seals": file, "evidence": [file, {"file": "none.pdf"}]}))
    told = {fault.path: fault.code for fault in FilledFile(FORM, form).check()}
    assert told["form"] == told["seals"] == told["evidence[0]"] == "file-outside"
    assert told["evidence[1]"] == "file-unread"


def test_what_lies_beside_the_form_or_below_is_taken(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "proof.pdf").write_bytes(b"%PDF-1.7")
    (folder / "link.pdf").symlink_to(folder / "below" / "proof.pdf")
    form = folder / "application.yaml"
    form.write_text("evidence: [{file: ./below/proof.pdf}]\nseals: {file: link.pdf}\n")
    told = [fault.path for fault in FilledFile(FORM, form).check()]
    assert not {"evidence[0]", "seals"} & set(told)
