"""Time stamps of a real service: proven with its certificate, refuted over another text or by another service."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.x509 import Certificate, load_pem_x509_certificate

from activities.time_stamps import ask_stamp
from audit.claims import Claim
from audit.log.verification import Outside
from runtime.embedded.ports import free_port
from selection.kernel.canonical import canonical_bytes
from tests.audit.bundle.test_log_claims import verify
from tests.audit.support import bundles as b
from tests.ledger.support.time_stamp_service import make_service, serving
from tests.needing import needs_openssl

pytestmark = needs_openssl


def certificate(folder: Path) -> Certificate:
    folder.mkdir()
    make_service(folder)
    return load_pem_x509_certificate((folder / "tsa.pem").read_bytes())


def stamp_line(folder: Path, over: str) -> bytes:
    """The line of the last checkpoint, with a time stamp over a text."""
    [line] = b.checkpoints(b.ROUND, b.bodies(), [len(b.bodies())])
    port = free_port()
    with serving(folder, port):
        token = ask_stamp(f"http://127.0.0.1:{port}/", over.encode())
    stamp = {"service": "here", "token": base64.b64encode(token).decode()}
    return canonical_bytes({**json.loads(line), "timestamps": [stamp]}) + b"\n"


def test_a_time_stamp_is_checked_against_its_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    here, other = tmp_path / "here", tmp_path / "other"
    own, strange = certificate(here), certificate(other)
    text = b.note(b.ROUND, b.bodies(), len(b.bodies())).text

    def check_stamp(line: bytes, root: Certificate) -> Claim:
        path = b.write(tmp_path / "round.zip", b.bodies(), signed=[line])
        report = verify(path, Outside(b.KEY, stamping=(root,)))
        return next(
            claim for claim in report.claims if (claim.code, claim.subject) == ("time-stamped", b.ROUND)
        )

    line = stamp_line(here, text)
    assert (check_stamp(line, own).verdict, check_stamp(line, own).counted) == ("proven", 1)
    assert check_stamp(line, strange).finding == "time-stamp-invalid"
    assert check_stamp(stamp_line(here, text + "more"), own).finding == "time-stamp-invalid"
    [bare] = b.checkpoints(b.ROUND, b.bodies(), [len(b.bodies())])
    assert check_stamp(bare, own).finding == "no-time-stamp"

    report = verify(b.write(tmp_path / "round.zip", b.bodies(), signed=[line]), Outside(b.KEY))
    assert ("timestamps-kept", 1) in [(item.code, item.counted) for item in report.listed]
