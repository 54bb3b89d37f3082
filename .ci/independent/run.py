"""Has a bundle's logs checked by Go's transparency log packages, as they are and spoilt in many ways.

    python .ci/independent/run.py BUNDLE.zip KEY.vkey

Needs Debian's golang-go and golang-golang-x-mod-dev. Ours are the bundle, its checkpoints and the proof files;
the checker takes nothing of ours. What is as it was written must be accepted, what was spoilt rejected.
"""

import base64
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audit.bundle import Bundle
from selection.leaf import leaf_hash
from selection.transparency.checkpoint import verifier_of
from selection.transparency.merkle import inclusion_proof
from selection.transparency.note import Verifier
from selection.transparency.proof import proof_of

GO = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}
HERE = Path(__file__).parent
PROOFS = 25
SEED = 20261124

Files = dict[str, bytes]


def main() -> None:
    """Check every log of the bundle, then each spoilt form of it; exit with 1 at the first surprise."""
    path, key = Path(sys.argv[1]), Verifier.parse(Path(sys.argv[2]).read_text())
    with tempfile.TemporaryDirectory() as place, Bundle(path) as bundle:
        checker = Path(place) / "check"
        environment = {**os.environ, **GO, "GOCACHE": f"{place}/cache"}
        subprocess.run(["go", "build", "-o", checker, HERE / "check.go"], env=environment, check=True)
        for log in sorted(bundle.manifest.logs):
            vkey = verifier_of(key, log).vkey
            files = files_of(bundle, log)
            accepted, said = check(checker, vkey, files)
            if not accepted:
                sys.exit(f"{log}: rejected as it was written: {said}")
            print(f"{log}: {said}")
            count = 0
            for how, spoilt in spoiling(files, random.Random(SEED)):
                accepted, said = check(checker, vkey, spoilt)
                if accepted:
                    sys.exit(f"{log}: accepted although {how}")
                count += 1
            wrong = Verifier(name=verifier_of(key, log).name, public=bytes(31) + b"\x01").vkey
            if check(checker, wrong, files)[0]:
                sys.exit(f"{log}: accepted under another key")
            print(f"{log}: {count + 1} spoilt forms rejected")


def files_of(bundle: Bundle, log: str) -> Files:
    """Return entries, checkpoints, and proofs of leaves spread over the log, under its last checkpoint."""
    entries = list(bundle.entries(log))
    kept = list(bundle.checkpoints(log))
    hashes = [leaf_hash(body) for body in entries]
    files = {
        "entries": b"".join(body + b"\n" for body in entries),
        "checkpoints": b"".join(item.model_dump_json().encode() + b"\n" for item in kept),
    }
    for index in sorted({number * len(hashes) // PROOFS for number in range(PROOFS)} | {len(hashes) - 1}):
        proof = proof_of(inclusion_proof(hashes, index), index, kept[-1].note)
        files[f"{index}.tlog-proof"] = proof.encoded.encode()
    return files


def spoiling(files: Files, chance: random.Random) -> Iterator[tuple[str, Files]]:
    """Give forms of the files in which one thing is not as it was signed."""
    rows = files["entries"].splitlines(keepends=True)
    at = chance.randrange(len(rows))
    changed = bytearray(rows[at])
    changed[chance.randrange(len(changed) - 1)] ^= 1
    yield "a bit of an entry was flipped", with_rows(files, [*rows[:at], bytes(changed), *rows[at + 1 :]])
    yield "an entry was deleted", with_rows(files, rows[:at] + rows[at + 1 :])
    yield "an entry was inserted", with_rows(files, [*rows[:at], b"{}\n", *rows[at:]])
    if len(rows) > 1:
        at = chance.randrange(len(rows) - 1)
        swapped = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
        yield "two entries were swapped", with_rows(files, swapped)
    yield "the tail was cut off", with_rows(files, rows[:-1])
    yield from spoilt_checkpoints(files, chance)
    for name in sorted(name for name in files if name.endswith(".tlog-proof"))[:5]:
        head, _, note = files[name].decode().partition("\n\n")
        lines = head.split("\n")
        if len(lines) > 2:
            yield f"a hash of {name} is another", {**files, name: joined([*lines[:-1], other_hash()], note)}
            yield f"a hash of {name} is missing", {**files, name: joined(lines[:-1], note)}
            moved = lines[1].split(" ")[1]
            elsewhere = [lines[0], f"index {int(moved) ^ 1}", *lines[2:]]
            yield f"{name} is of the entry beside", {**files, name: joined(elsewhere, note)}


def spoilt_checkpoints(files: Files, chance: random.Random) -> Iterator[tuple[str, Files]]:
    """Give the files with each of some checkpoints spoilt."""
    rows = [json.loads(row) for row in files["checkpoints"].splitlines()]
    for number in sorted({0, len(rows) // 2, len(rows) - 1}):
        text, _, signature = rows[number]["note"].partition("\n\n")
        origin, size, _ = text.split("\n")
        spoilt = bytearray(signature.encode())
        spoilt[chance.randrange(-30, -5)] ^= 1
        for how, note in (
            ("root is another", f"{origin}\n{size}\n{other_hash()}\n\n{signature}"),
            ("size is another", f"{origin}\n{int(size) - 1}\n{text.splitlines()[2]}\n\n{signature}"),
            ("origin is another", f"{origin}x\n{size}\n{text.splitlines()[2]}\n\n{signature}"),
            ("signature is another", f"{text}\n\n{spoilt.decode('utf-8', 'replace')}"),
        ):
            changed = [{**row, "note": note} if row is rows[number] else row for row in rows]
            body = b"".join(json.dumps(row).encode() + b"\n" for row in changed)
            yield f"checkpoint {number}: {how}", {**files, "checkpoints": body}


def with_rows(files: Files, rows: list[bytes]) -> Files:
    """Return the files with other entries; the proofs stay those of the true ones."""
    return {**files, "entries": b"".join(rows)}


def joined(lines: list[str], note: str) -> bytes:
    """Return a proof file from its lines and checkpoint."""
    return ("\n".join(lines) + "\n\n" + note).encode()


def other_hash() -> str:
    """Return a well-formed hash that is not the right one."""
    return base64.b64encode(bytes(32)).decode()


def check(checker: Path, vkey: str, files: Files) -> tuple[bool, str]:
    """Run the checker on the files; return whether it accepted, and what it said."""
    with tempfile.TemporaryDirectory() as place:
        for name, content in files.items():
            (Path(place) / name).write_bytes(content)
        proofs = sorted(name for name in files if name.endswith(".tlog-proof"))
        done = subprocess.run(
            [checker, vkey, "entries", "checkpoints", *proofs],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.returncode == 0, (done.stdout or done.stderr).strip()


if __name__ == "__main__":
    main()
