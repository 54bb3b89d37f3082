"""What programs of the same people are given at the API, as looks beside those at command lines."""

from collections.abc import Sequence
from pathlib import Path

from portal.app import create_app
from portal.backend import Backend
from runtime.databases import Databases
from runtime.settings import Settings
from starter.people.portal_link import make_sign_in_link
from tests.leaks.acting import ROUND
from tests.leaks.reading import Looked
from tests.portal.support.browsing import ORIGIN
from tests.portal.support.programs import run


async def ask_for(data: Path, moment: str, people: Sequence[str], stream: str) -> list[Looked]:
    """Ask for each of the people what there is to read of a round and an application."""
    settings, found = Settings(data=data), []
    place = stream.partition("/")[2]
    asked = {
        "/tasks": "",
        f"/rounds/{ROUND}": "",
        f"/rounds/{ROUND}/applications?size=200": "",
        f"/applications/{place}": stream,
        f"/applications/{place}/timeline?size=200": stream,
        "/receipts": "",
    }
    backend = Backend(settings)
    async with backend.opened():
        app = create_app(backend, ORIGIN)
        for person in people:
            async with run(app, person) as program:
                link = await make_sign_in_link(Databases.find(settings), ORIGIN)
                await program.sign_in_by_link(link.address)
                for path, about in asked.items():
                    answer = await program.get(path)
                    code = 0 if answer.status_code == 200 else 2
                    found.append(Looked(moment, person, f"api {path} --json", about, code, answer.text))
    return found
