"""An auditor has histories kept on a running stack; the worker has scheduled it for every day."""

import json

import pytest
from temporalio.client import Client

from tests.starter.stack import Up

pytestmark = pytest.mark.stack
ADD = (
    "person",
    "add",
    "auditor-1",
    "--name",
    "Synthetic",
    "--mail",
    "a@synthetic.example",
    "--role",
    "auditor",
)


@pytest.fixture(scope="module")
def auditor(up: Up, submitted: str) -> str:
    up.json(*ADD, "--employer", "99SYNTHA", person="admin-1")
    return "auditor-1"


def refused(up: Up, *words: str, person: str) -> str:
    code, _, err = up("audit", *words, person=person)
    assert code == 2, err
    return err.partition(":")[0]


def test_an_auditor_has_histories_kept_and_gets_one_receipt_for_a_command(
    up: Up, opened: str, auditor: str, submitted: str
) -> None:
    asked = ("audit", "archive", opened, "--command-id", "keep-1")
    first = up.json(*asked, person=auditor)
    assert (first["archived"]["open"], first["archived"]["missing"]) == (first["archived"]["looked"], 0)
    assert first["archived"]["looked"] >= 2
    assert first["receipt"]["stream"] == f"archive/{opened}"
    assert up.json(*asked, person=auditor)["receipt"] == first["receipt"]
    assert up.json("receipt", "keep-1", person=auditor)["receipt"] == first["receipt"]


@pytest.mark.parametrize("act", ["archive", "export"])
def test_nobody_else_archives_or_exports(up: Up, opened: str, auditor: str, act: str) -> None:
    more = ("-o", str(up.data / "round.zip")) if act == "export" else ()
    assert refused(up, act, opened, *more, person="officer-1") == "hidden"
    assert refused(up, act, opened, *more, person="host-1") == "hidden"
    assert refused(up, act, "no-round", *more, person=auditor) == "unknown-round"
    assert not (up.data / "round.zip").exists()


async def test_the_worker_has_scheduled_it(up: Up) -> None:
    told = json.loads((up.data / "stack.json").read_text(encoding="utf-8"))
    client = await Client.connect(told["temporal_address"], namespace=told["temporal_namespace"])
    described = await client.get_schedule_handle("archive-rounds/installation").describe()
    assert [str(item.every) for item in described.schedule.spec.intervals] == ["1 day, 0:00:00"]
