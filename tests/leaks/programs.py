"""What programs of the same people are given at the API, as looks beside those at command lines."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.api.routes import OPERATIONS
from portal.app import create_app
from portal.backend import Backend
from runtime.databases import Databases
from runtime.settings import Settings
from starter.people.portal_link import make_sign_in_link
from tests.leaks.acting import ROUND
from tests.leaks.reading import Look
from tests.portal.support.browsing import ORIGIN
from tests.portal.support.programs import run

ASKED = {
    "/tasks": "/tasks",
    "/rounds": "/rounds",
    "/rounds/{round}": "/rounds/{round}",
    "/rounds/{round}/applications": "/rounds/{round}/applications?size=200",
    "/applications/{round}/{number}": "/applications/{round}/{number}",
    "/applications/{round}/{number}/timeline": "/applications/{round}/{number}/timeline?size=200",
    "/applications/{round}/{number}/contents/{content}": "/applications/{round}/{number}/contents/{file}",
    "/contents/{content}": "/contents/{text}",
    "/receipts": "/receipts",
    "/receipts/{id}": "/receipts/{act}",
    "/receipts/{id}/proof": "/receipts/{act}/proof",
    "/session": "/session",
    "/public/rounds": "/public/rounds",
    "/public/rounds/{round}": "/public/rounds/{round}",
    "/public/rounds/{round}/list": "/public/rounds/{round}/list",
    "/public/rounds/{round}/notice": "/public/rounds/{round}/notice",
}
"""Operation that reads -> the address at which every program asks it."""


def find_unasked() -> set[str]:
    """Return what operations read and no program asks here, and what is named and reads nothing."""
    return {operation.path for operation in OPERATIONS if operation.method == "GET"} ^ ASKED.keys()


async def ask_for(
    data: Path, moment: str, people: Sequence[str], stream: str, known: Mapping[str, str]
) -> list[Look]:
    """Ask for each of the people what there is to read of a round and an application."""
    settings, found = Settings(data=data), []
    place = stream.rpartition("/")[2]
    filled = {"round": ROUND, "number": place, **known}
    asked = {address.format(**filled): stream if "{number}" in address else "" for address in ASKED.values()}
    backend = Backend(settings)
    async with backend.open():
        app = create_app(backend, ORIGIN)
        for person in people:
            async with run(app, person) as program:
                link = await make_sign_in_link(Databases.find(settings), ORIGIN)
                await program.sign_in_by_link(link.address)
                for path, about in asked.items():
                    answer = await program.get(path)
                    code = 0 if answer.status_code == 200 else 2
                    # Of what is JSON the fields are looked at, as of what commands print so.
                    is_json = answer.headers["content-type"] == "application/json"
                    line = f"api {path} --json" if is_json else f"api {path}"
                    found.append(Look(moment, person, line, about, code, answer.text))
    return found
