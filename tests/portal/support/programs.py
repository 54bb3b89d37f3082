"""A program of a person: it knows HTTP, JSON and Ed25519, and nothing of the engine."""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette

from tests.portal.support.browsing import ORIGIN

API = "/api/v1"


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Program:
    """Asks as one person, with their key."""

    def __init__(self, client: httpx.AsyncClient, person: str, seed: bytes = b"") -> None:
        self.client = client
        self.person = person
        self._private = Ed25519PrivateKey.from_private_bytes(seed) if seed else None
        public = self._private.public_key().public_bytes_raw() if self._private else b""
        self.key = encode(hashlib.sha256(public).digest()[:16])
        self.headers: dict[str, str] = {}

    def sign(self, statement: str) -> dict[str, str]:
        """Sign a statement: its SHA-256."""
        assert self._private is not None
        signature = self._private.sign(hashlib.sha256(statement.encode()).digest())
        return {"scheme": "ed25519", "key": self.key, "signature": encode(signature)}

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(API + path, headers={**self.headers, **headers})

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        return await self.client.post(API + path, json=body, headers={**self.headers, **headers})

    async def answer_question(self) -> dict[str, Any]:
        """Ask for a question, and return the signed answer."""
        asked = (await self.post("/questions", {"person": self.person, "key": self.key})).json()
        return {
            "person": self.person,
            "question": asked["question"],
            "signature": self.sign(asked["statement"]),
        }

    async def sign_in(self) -> "Program":
        begun = await self.post("/sessions", await self.answer_question())
        assert begun.status_code == 201, begun.text
        self.headers = {"Authorization": f"Bearer {begun.json()['token']}"}
        return self

    async def sign_in_by_link(self, link: str) -> "Program":
        """Use a link of a local installation."""
        begun = await self.post("/sessions/by-link", {"person": self.person, "link": link.rpartition("/")[2]})
        assert begun.status_code == 201, begun.text
        self.headers = {"Authorization": f"Bearer {begun.json()['token']}"}
        return self

    def prove(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Return the proof of what is wanted of this person."""
        assert wanted["person"] == self.person
        return {**wanted["proof"], "signature": self.sign(wanted["statement"])}

    async def act(self, path: str, body: dict[str, Any], command_id: str) -> httpx.Response:
        """Ask for an act, and send it again with the signature that is wanted."""
        named = {"Idempotency-Key": command_id}
        asked = await self.post(f"/acts/{path}", body, **named)
        if asked.status_code != 428:
            return asked
        (wanted,) = asked.json()["to_sign"]
        return await self.post(f"/acts/{path}", {**body, "proof": self.prove(wanted)}, **named)

    async def store(self, text: str, round_id: str) -> dict[str, str]:
        """Store a text, and return the reference to it."""
        kept = await self.client.post(
            f"{API}/contents?round={round_id}",
            content=text.encode(),
            headers={**self.headers, "Content-Type": "text/plain"},
        )
        assert kept.status_code == 201, kept.text
        return {name: kept.json()[name] for name in ("id", "sha256")}


@asynccontextmanager
async def run(app: Starlette, person: str, seed: bytes = b"") -> AsyncIterator[Program]:
    """A program with connections of its own."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Program(client, person, seed)
