"""Has a bundle checked by the second verifier, in Go, as it is and spoilt in many ways.

    python .ci/independent/run.py BUNDLE.zip KEY.vkey

Needs Debian's golang-go and golang-golang-x-mod-dev. The checker gets the bundle file itself, the public key and proof
files, and takes nothing of ours. What is as it was written must be accepted, what was spoilt rejected, although the
manifest is made to fit.
"""

import base64
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audit.bundle.layout import MANIFEST, checkpoints_of, entries_of
from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import inclusion_proof
from selection.transparency.note import Verifier
from selection.transparency.proof import proof_of

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "process.md"
PROOFS = 25
SEED = 20261124

Files = dict[str, bytes]
PROOF = ".tlog-proof"


def main() -> None:
    """Check the bundle, then each spoilt form of it; exit with 1 at the first surprise."""
    path, key = Path(sys.argv[1]), Verifier.parse(Path(sys.argv[2]).read_text())
    with tempfile.TemporaryDirectory() as place:
        checker = Path(place) / "check"
        subprocess.run([HERE / "build", checker], check=True)
        files = files_of(path)
        logs = sorted(json.loads(files[MANIFEST])["logs"])
        proofs = {name: proof for log in logs for name, proof in proofs_of(files, log)}
        accepted, said = check(checker, key.vkey, path, proofs)
        if not accepted:
            sys.exit(f"rejected as it was written: {said}")
        print(said)
        forms = list(spoil_everything({**files, **proofs}, logs, random.Random(SEED)))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = list(pool.map(lambda form: check_packed(checker, key.vkey, form[1]), forms))
        for (how, _), (accepted, _) in zip(forms, answers, strict=True):
            if accepted:
                sys.exit(f"accepted although {how}")
        wrong = Verifier(name=key.name, public=bytes(31) + b"\x01").vkey
        if check(checker, wrong, path, proofs)[0]:
            sys.exit("accepted under another key")
        print(f"{len(forms) + 1} spoilt forms rejected")
    subprocess.run([sys.executable, "-Es", HERE / "acts.py", path, PAGE], check=True)


def files_of(path: Path) -> Files:
    """Return the bundle's files."""
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def pack(files: Files, path: Path) -> Path:
    """Write the files as a bundle, without the proofs."""
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in files.items():
            if not name.endswith(PROOF):
                bundle.writestr(name, content)
    return path


def fit_manifest(files: Files) -> Files:
    """Return the files with a manifest that fits: anyone can make one."""
    stated = json.loads(files[MANIFEST])
    kept = {name: content for name, content in files.items() if name != MANIFEST and not name.endswith(PROOF)}
    stated["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in kept.items()
    }
    stated["logs"] = {log: {"size": len(files[entries_of(log)].splitlines())} for log in stated["logs"]}
    return {**files, MANIFEST: json.dumps(stated).encode()}


def proofs_of(files: Files, log: str) -> Iterator[tuple[str, bytes]]:
    """Give proofs of leaves spread over the log, under its last checkpoint."""
    hashes = [leaf_hash(body) for body in files[entries_of(log)].splitlines()]
    note = json.loads(files[checkpoints_of(log)].splitlines()[-1])["note"]
    for index in sorted({number * len(hashes) // PROOFS for number in range(PROOFS)} | {len(hashes) - 1}):
        proof = proof_of(inclusion_proof(hashes, index), index, note)
        yield f"{log}-{index}{PROOF}", proof.encoded.encode()


def spoil_everything(files: Files, logs: list[str], chance: random.Random) -> Iterator[tuple[str, Files]]:
    """Give forms of the bundle in which one thing is not as it was signed; the manifest fits unless it is that."""
    for log in logs:
        for how, spoilt in spoil_log(files, log, chance):
            yield f"{log}: {how}", fit_manifest(spoilt)
    for folder in ("contents/", "histories/"):
        names = sorted(name for name in files if name.startswith(folder))
        for name in chance.sample(names, min(3, len(names))):
            rest = {other: content for other, content in files.items() if other != name}
            if folder == "histories/":
                yield f"{name} is missing", fit_manifest(rest)
                yield f"a byte was added to {name}", fit_manifest({**files, name: files[name] + b"x"})
            else:
                yield (
                    f"{name} is another, its hash made to fit",
                    fit_manifest({**files, name: another(files[name])}),
                )
            yield f"{name} is missing, and the manifest does not know", rest
            yield (
                f"{name} is there once more",
                fit_manifest({**files, name.replace(".", "x.", 1): files[name]}),
            )


def another(content: bytes) -> bytes:
    """Return a content file with another text, whose own hash is right."""
    kept = json.loads(content)
    text = base64.b64decode(kept["content"]) + b"x"
    kept["content"] = base64.b64encode(text).decode()
    kept["sha256"] = hashlib.sha256(base64.b64decode(kept["salt"]) + text).hexdigest()
    return json.dumps(kept).encode()


def spoil_log(files: Files, log: str, chance: random.Random) -> Iterator[tuple[str, Files]]:
    """Give forms of the files in which one thing of a log is not as it was signed."""
    rows = files[entries_of(log)].splitlines(keepends=True)

    def with_rows(rows: list[bytes]) -> Files:
        return {**files, entries_of(log): b"".join(rows)}

    at = chance.randrange(len(rows))
    changed = bytearray(rows[at])
    changed[chance.randrange(len(changed) - 1)] ^= 1
    yield "a bit of an entry was flipped", with_rows([*rows[:at], bytes(changed), *rows[at + 1 :]])
    yield "an entry was deleted", with_rows(rows[:at] + rows[at + 1 :])
    yield "an entry was inserted", with_rows([*rows[:at], b"{}\n", *rows[at:]])
    if len(rows) > 1:
        at = chance.randrange(len(rows) - 1)
        swapped = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
        yield "two entries were swapped", with_rows(swapped)
    yield "the tail was cut off", with_rows(rows[:-1])
    yield from spoil_checkpoints(files, log, chance)
    for name in sorted(name for name in files if name.startswith(f"{log}-") and name.endswith(PROOF))[:5]:
        head, _, note = files[name].decode().partition("\n\n")
        lines = head.split("\n")
        if len(lines) > 2:
            yield f"a hash of {name} is another", {**files, name: merge([*lines[:-1], other_hash()], note)}
            yield f"a hash of {name} is missing", {**files, name: merge(lines[:-1], note)}
            moved = lines[1].split(" ")[1]
            elsewhere = [lines[0], f"index {int(moved) ^ 1}", *lines[2:]]
            yield f"{name} is of the entry beside", {**files, name: merge(elsewhere, note)}


def spoil_checkpoints(files: Files, log: str, chance: random.Random) -> Iterator[tuple[str, Files]]:
    """Give the files with each of some checkpoints of a log spoilt."""
    rows = [json.loads(row) for row in files[checkpoints_of(log)].splitlines()]
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
            yield f"checkpoint {number}: {how}", {**files, checkpoints_of(log): body}


def merge(lines: list[str], note: str) -> bytes:
    """Return a proof file from its lines and checkpoint."""
    return ("\n".join(lines) + "\n\n" + note).encode()


def other_hash() -> str:
    """Return a well-formed hash that is not the right one."""
    return base64.b64encode(bytes(32)).decode()


def check_packed(checker: Path, vkey: str, files: Files) -> tuple[bool, str]:
    """Write the files as a bundle of their own, and check it."""
    with tempfile.TemporaryDirectory() as place:
        return check(checker, vkey, pack(files, Path(place) / "spoilt.zip"), files)


def check(checker: Path, vkey: str, bundle: Path, proofs: Files) -> tuple[bool, str]:
    """Run the checker on a bundle and the proofs among the files; return whether it accepted, and what it said."""
    with tempfile.TemporaryDirectory() as place:
        names = sorted(name for name in proofs if name.endswith(PROOF))
        for name in names:
            (Path(place) / name).write_bytes(proofs[name])
        done = subprocess.run(
            [checker, vkey, PAGE, bundle.absolute(), *names],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.returncode == 0, (done.stdout or done.stderr).strip()


if __name__ == "__main__":
    main()
