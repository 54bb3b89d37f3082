"""Make the test vectors anew: small bundles, good and spoilt one by one, with the first finding expected of each.

python -m tests.vectors.make
"""

import json
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from audit.bundle.reader import BundleUnreadable
from audit.bundle.writer import EPOCH
from audit.log.verification import Outside
from tests.second_verifier import find_fault
from tests.tamper.hands import KEY
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts
from tests.tamper.rounds import sign_round
from tests.vectors.spoiling import VECTORS

FOLDER = Path(__file__).parents[2] / "vectors"
INDEX, KEY_FILE = "index.json", "installation.vkey"
GOOD: dict[str, tuple[int, int, str]] = {
    "whole": (
        20,
        1,
        "one application, with forms amended, a panel drawn twice, an objection upheld, an empty list",
    ),
    "refused": (9, 3, "three applications, two withdrawn, acts refused, one mended, one centre on the list"),
    "two-items": (17, 3, "three applications, one on no list, two centres on the issued list"),
}
"""By name the seed and the size of a round by chance, and what happens in it."""


def main() -> None:
    """Write the folder's bundles, its key and its index; says what was written."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.zip"):
        old.unlink()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        bundles = {name: sign_round(folder / "round.zip", *sized) for name, (*sized, _) in GOOD.items()}
        vectors = [_make_good(name, parts) for name, parts in bundles.items()]
        judge = Judge(folder)
        vectors += [_make_spoilt(name, bundles, judge) for name in VECTORS]
        judge.close()
    (FOLDER / KEY_FILE).write_text(KEY.vkey + "\n", encoding="utf-8")
    text = json.dumps(vectors, ensure_ascii=False, indent=1)
    (FOLDER / INDEX).write_text(text + "\n", encoding="utf-8")
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(vectors)} vectors, {size:,} bytes")


def find_first_difference(judge: Judge, parts: Parts) -> dict[str, str]:
    """Return what the verifier finds first: claim, finding and place; nothing where it refutes nothing."""
    try:
        first = judge.report(parts, Outside(key=KEY)).first_difference
    except BundleUnreadable:
        return {"claim": "files-whole", "finding": "unreadable", "place": ""}
    return {"claim": first.code, "finding": first.finding, "place": first.point} if first else {}


def _make_good(name: str, parts: Parts) -> dict[str, object]:
    _pack(name, parts)
    return {"file": f"{name}.zip", "accepted": True, "says": GOOD[name][2]}


def _make_spoilt(name: str, bundles: dict[str, Parts], judge: Judge) -> dict[str, object]:
    spoilt = VECTORS[name]
    parts = spoilt.spoil(bundles[spoilt.of])
    assert parts is not None, f"{name}: no room in {spoilt.of}"
    first, second = find_first_difference(judge, parts), find_fault(_pack(name, parts), KEY.vkey)
    assert first, f"{name}: nothing found"
    assert second, f"{name}: nothing found by the second verifier"
    return {
        "file": f"{name}.zip",
        "accepted": False,
        "of": f"{spoilt.of}.zip",
        "says": spoilt.says,
        "first": first,
        "second_verifier": second.partition(":")[0],
    }


def _pack(name: str, parts: Parts) -> Path:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for file, content in sorted(parts.files.items()):
            entry = zipfile.ZipInfo(file, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content, compresslevel=9)
    path = FOLDER / f"{name}.zip"
    path.write_bytes(packed.getvalue())
    return path


if __name__ == "__main__":
    main()
