"""What programs of the same people are given at the API, as looks beside those at command lines."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path

import httpx

from portal.api.routes import OPERATIONS
from portal.app import create_app
from portal.backend import Backend
from runtime.databases import Databases
from runtime.settings import Settings
from selection.kernel.actor import Role
from selection.kernel.model import JsonObject
from starter.people.portal_link import make_sign_in_link
from tests.leaks.acting import ROUND
from tests.leaks.reading import Look
from tests.portal.support.browsing import ORIGIN
from tests.portal.support.programs import Program, run

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
APPLICATION, ROUND_ITSELF = "/acts/application/{round}/{number}", "/acts/round/{round}"
SENT: tuple[tuple[str, JsonObject], ...] = (
    ("/acts/application/{round}", {"kind": "submit"}),
    (APPLICATION, {"kind": "withdraw"}),
    (APPLICATION, {"kind": "pass-check", "revision": 1}),
    (APPLICATION, {"kind": "decline-invitation"}),
    (APPLICATION, {"kind": "cast-vote", "meeting": 1, "vote": "for"}),
    (APPLICATION, {"kind": "reverse-decision", "decision": "check"}),
    ("/acts/recommender/{round}/{unit}", {"kind": "withdraw-recommendation", "application": "{number}"}),
    (ROUND_ITSELF, {"kind": "approve", "proposal": 1, "level": "ministry"}),
    (ROUND_ITSELF, {"kind": "enter-draw-numbers", "draw": "first", "published": "1"}),
    (ROUND_ITSELF, {"kind": "nothing-of-that-name"}),
    ("/acts/installation", {"kind": "revoke-lost-key", "person": "{seat}", "key": "none"}),
)
"""Where every program sends an act at the end, and which: all are refused then, most as they are nobody's any more."""
BEFORE_A_SESSION = {"/questions", "/sessions", "/sessions/by-link"}
BYTES_OF_A_FILE = {"/contents"}
"""Operations that change something and take no act; what they answer with is what the sender gave."""


def find_unasked() -> set[str]:
    """Return what operations read or do and no program asks here, and what is named and is no operation."""
    read = {operation.path for operation in OPERATIONS if operation.method == "GET"} ^ ASKED.keys()
    done = {operation.path for operation in OPERATIONS if operation.method == "POST"}
    return read | (done ^ ({path for path, _ in SENT} | BEFORE_A_SESSION | BYTES_OF_A_FILE))


async def ask_for(
    data: Path, moment: str, people: Sequence[str], stream: str, known: Mapping[str, str]
) -> list[Look]:
    """Ask for each of the people what there is to read of a round and an application."""
    filled = _fill(stream, known)
    asked = {address.format(**filled): stream if "{number}" in address else "" for address in ASKED.values()}
    found = []
    async for person, program in _run_each(data, people):
        for path, about in asked.items():
            found.append(_look(moment, person, path, about, await program.get(path)))
    return found


async def send_for(
    data: Path, moment: str, people: Mapping[str, Role], stream: str, known: Mapping[str, str]
) -> list[Look]:
    """Send for each of the people, in a role of theirs, acts that nothing comes of, and return the answers.

    Each is sent under the id of another person's act as well, which is to tell nothing of it.
    """
    filled, found = _fill(stream, known), []
    async for person, program in _run_each(data, people):
        for number, (address, sent) in enumerate(SENT):
            path, about = address.format(**filled), stream if "{number}" in address else ""
            told = {
                name: part.format(**filled) if isinstance(part, str) else part for name, part in sent.items()
            }
            body = {"role": people[person].value, "command": told}
            # The stranger stays without an act of that id: test_reading.py asks for the receipt of it as them.
            others = () if person == known["stranger"] else (known["act"],)
            for command_id in (f"leak-{moment}-{number}", *others):
                answer = await program.post(path, body, **{"Idempotency-Key": command_id})
                found.append(_look(moment, person, f"{path} {told['kind']}", about, answer))
    return found


def _fill(stream: str, known: Mapping[str, str]) -> dict[str, str]:
    unit = known["unit"].removeprefix("unit-")
    return {"round": ROUND, "number": stream.rpartition("/")[2], **known, "unit": unit}


async def _run_each(data: Path, people: Iterable[str]) -> AsyncIterator[tuple[str, Program]]:
    """Yield a program of each of the people, signed in, one after the other."""
    settings = Settings(data=data)
    backend = Backend(settings)
    async with backend.open():
        app = create_app(backend, ORIGIN)
        for person in people:
            async with run(app, person) as program:
                link = await make_sign_in_link(Databases.find(settings), ORIGIN)
                await program.sign_in_by_link(link.address)
                yield person, program


def _look(moment: str, person: str, asked: str, about: str, answer: httpx.Response) -> Look:
    # Of what is JSON the fields are looked at, as of what commands print so.
    is_json = answer.headers["content-type"] == "application/json"
    line = f"api {asked} --json" if is_json else f"api {asked}"
    return Look(moment, person, line, about, 0 if answer.is_success else 2, answer.text)
