from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tamper.judging import Judge
from tests.tamper.memory import remember
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
def memory() -> Iterator[None]:
    """Make once what follows from the bytes."""
    with remember():
        yield
