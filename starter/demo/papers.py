"""The papers that the demo leaves: what goes out once the list is issued."""

from pathlib import Path

from papers.fonts import load_fonts
from reading.access.authentication import Entrance, LocalAssertion
from reading.service import ReadService
from selection.register.state import INSTALLATION
from starter.cli.options import Language
from starter.demo.desk import Desk
from starter.papers.material import Material
from starter.papers.outgoing import write_outgoing
from starter.papers.recording import store_sent

FOLDER = "papers"


async def leave_papers(desk: Desk, folder: Path, *, officer: str, language: Language) -> int:
    """Write list, notice, letters and certificates as the officer prints them; return how many there are.

    The record holds the hash of each from then on.
    """
    ledger = desk.client.ledger
    entrance = Entrance(ledger.people, ledger.keys)
    who = await entrance.admit(LocalAssertion(person=officer, session="demo"))
    material = await Material.open(ReadService(ledger), who, desk.round, desk.example.letterhead)
    spoken = material.names.words.choose_language(language)
    files, printed = await write_outgoing(material, folder / FOLDER, spoken, load_fonts())
    command, actor = await store_sent(desk.client, desk.round, printed, officer=officer)
    await desk.act(INSTALLATION, command, actor.person, actor.role)
    return len(files)
