"""A FIDO2 token in software: it speaks CTAP 2 as one with a fingerprint reader does, and holds its keys in memory."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.ctap import STATUS, CtapDevice, CtapError
from fido2.hid import CAPABILITY, CTAPHID
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG


@dataclass
class SoftwareToken(CtapDevice):
    """Answers the three questions that a client asks. `touched` is whether its owner is there."""

    touched: bool = True
    keys: dict[bytes, ec.EllipticCurvePrivateKey] = field(default_factory=dict)

    @property
    def capabilities(self) -> int:
        return int(CAPABILITY.CBOR)

    @classmethod
    def list_devices(cls) -> Iterator[CtapDevice]:
        return iter(())

    def call(
        self,
        cmd: int,
        data: bytes = b"",
        event: object = None,
        on_keepalive: Callable[[STATUS], None] | None = None,
    ) -> bytes:
        assert cmd == CTAPHID.CBOR
        asked: Any = cbor.decode(data[1:]) if len(data) > 1 else {}
        answers = {0x01: self._make, 0x02: self._sign, 0x04: self._tell}
        try:
            told = answers[data[0]](asked)
        except CtapError as refused:
            return bytes([refused.code])
        return b"\0" + cbor.encode(told)

    def _tell(self, _: Any) -> dict[int, Any]:
        return {1: ["FIDO_2_0"], 3: bytes(16), 4: {"rk": False, "up": True, "uv": True}, 6: [1]}

    def _make(self, asked: Any) -> dict[int, Any]:
        self._require_touch()
        name, private = secrets.token_bytes(32), ec.generate_private_key(ec.SECP256R1())
        self.keys[name] = private
        public = ES256.from_cryptography_key(private.public_key())  # type: ignore[no-untyped-call]
        made = AttestedCredentialData.create(bytes(16), name, public)
        return {1: "none", 2: bytes(self._data(asked[2]["id"], made)), 3: {}}

    def _sign(self, asked: Any) -> dict[int, Any]:
        wanted = [item for item in asked.get(3, ()) if item["id"] in self.keys]
        if not wanted:
            raise CtapError(CtapError.ERR.NO_CREDENTIALS)
        # A client that only asks which key is here wants no touch.
        if asked.get(5, {}).get("up", True):
            self._require_touch()
        data = bytes(self._data(asked[1], None))
        signature = self.keys[wanted[0]["id"]].sign(data + asked[2], ec.ECDSA(hashes.SHA256()))
        return {1: wanted[0], 2: data, 3: signature}

    def _data(self, site: str, made: AttestedCredentialData | None) -> AuthenticatorData:
        flags = FLAGS.UP | FLAGS.UV | (FLAGS.AT if made else FLAGS(0))
        site_hash = hashlib.sha256(site.encode()).digest()
        data: AuthenticatorData = AuthenticatorData.create(site_hash, flags, 7, made or b"")
        return data

    def _require_touch(self) -> None:
        if not self.touched:
            raise CtapError(CtapError.ERR.USER_ACTION_TIMEOUT)
