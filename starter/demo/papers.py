"""The papers that the demo leaves: what goes out once the list is issued."""

from pathlib import Path

from papers.fonts import load_fonts
from reading.authentication import Entrance, LocalAssertion
from reading.service import ReadService
from starter.cli.options import Language
from starter.client.client import SelectionClient
from starter.papers.material import Material
from starter.papers.outgoing import write_outgoing

FOLDER = "papers"


async def leave_papers(
    client: SelectionClient, round_id: str, folder: Path, *, officer: str, language: Language
) -> int:
    """Write list, notice, letters and certificates as the officer prints them; return how many there are."""
    entrance = Entrance(client.ledger.people, client.ledger.keys)
    who = await entrance.admit(LocalAssertion(person=officer, session="demo"))
    material = await Material.open(ReadService(client.ledger), who, round_id)
    files, _ = await write_outgoing(material, folder / FOLDER, language, load_fonts())
    return len(files)
