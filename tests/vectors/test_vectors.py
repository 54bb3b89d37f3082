"""The bundles in vectors/ come to what their index says, before both verifiers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.needing import needs_go
from tests.second_verifier import find_fault
from tests.tamper.hands import KEY
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts
from tests.vectors.make import FOLDER, INDEX, KEY_FILE, find_first_difference
from tests.vectors.spoiling import VECTORS as SPOILT

VECTORS: list[dict[str, Any]] = json.loads((FOLDER / INDEX).read_text(encoding="utf-8"))
ANEW = "the vectors are older than the format: python -m tests.vectors.make"


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    made = Judge(tmp_path_factory.mktemp("vectors"))
    yield made
    made.close()


def test_each_bundle_of_the_folder_stands_in_the_index_and_each_way_to_spoil_one() -> None:
    assert {vector["file"] for vector in VECTORS} == {file.name for file in FOLDER.glob("*.zip")}
    assert {f"{name}.zip" for name in SPOILT} == {item["file"] for item in VECTORS if not item["accepted"]}
    assert (FOLDER / KEY_FILE).read_text(encoding="utf-8").strip() == KEY.vkey


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["file"] for vector in VECTORS])
def test_the_first_finding_is_the_expected_one(judge: Judge, vector: dict[str, Any]) -> None:
    found = find_first_difference(judge, Parts.unpack("", (FOLDER / vector["file"]).read_bytes()))
    assert found == vector.get("first", {}), ANEW


@needs_go
@pytest.mark.parametrize("vector", VECTORS, ids=[vector["file"] for vector in VECTORS])
def test_the_second_verifier_finds_it_too(vector: dict[str, Any]) -> None:
    found = find_fault(Path(FOLDER / vector["file"]), KEY.vkey)
    assert found.partition(":")[0] == vector.get("second_verifier", ""), ANEW
