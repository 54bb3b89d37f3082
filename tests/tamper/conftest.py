from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from audit.bundle.entries import read_leaf
from audit.log import verification
from selection.signing import verify
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts
from tests.tamper.rounds import rich_rounds


@pytest.fixture(scope="package")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[Parts]:
    """The rounds that are tampered with."""
    return rich_rounds(tmp_path_factory.mktemp("rounds"))


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[Judge]:
    """A judge of records."""
    made = Judge(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="package", autouse=True)
def remember() -> Iterator[None]:
    """Read each leaf and check each signature once for all bundles that hold the same: both follow from the bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "read_leaf", lru_cache(None)(read_leaf))
        patch.setattr(verify, "_check_ed25519", lru_cache(None)(verify._check_ed25519))
        yield
