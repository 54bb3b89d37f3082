"""Where people reach the pages: what `selection up` and the doctor say where the record names another address."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.data_folder import DataFolder
from runtime.embedded.plan import ANY, USUAL
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.errors import StackError
from runtime.settings import Settings
from starter.cli.failures import failure_of
from starter.commands.operator.up import _Preparation, plan_stack, with_portal
from starter.doctor.pages import look_at_address
from starter.people.founding import found_installation, read_portals, require_address
from tests.databases import for_everyone
from tests.running.servers import copy_for_test
from tests.starter.support.commands import Cli

HERE, ELSEWHERE = "http://localhost:9001", "https://selection.example"


@pytest.fixture
async def unfounded_url(server: EmbeddedPostgres) -> AsyncIterator[str]:
    async with copy_for_test(server.url, "migrated") as made:
        yield made


def settings_at(portal: str, folder: Path) -> Settings:
    return Settings(data=folder, portal_url=portal)


@pytest.mark.stack
@pytest.mark.parametrize(
    ("founded_at", "how"),
    [(HERE, "SELECTION_PORTAL_PORT=9001"), (ELSEWHERE, f"SELECTION_PORTAL_URL={ELSEWHERE}")],
)
async def test_the_usual_address_is_refused_where_keys_count_elsewhere_with_how_to_start_there(
    unfounded_url: str, founded_at: str, how: str
) -> None:
    databases = for_everyone(unfounded_url)
    assert await found_installation(databases, founded_at, local=False)
    assert await read_portals(databases) == (founded_at,)
    await require_address(databases, founded_at)
    with pytest.raises(StackError) as refused:
        await require_address(databases, "http://localhost:8700")
    for language in ("en", "zh"):
        code, sentence, _ = failure_of(refused.value, language)
        assert code == "portal-elsewhere"
        assert founded_at in sentence
        assert how in sentence


def test_a_second_stack_on_a_folder_is_told_so_before_its_port_is_looked_at(cli: Cli, tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server((LOOPBACK, port)):
        first = DataFolder.open(tmp_path)
        code, _, err = cli("up", "--portal-port", str(port))
        assert (code, err.partition(":")[0]) == (1, "folder-in-use")
        first.close()
        code, _, err = cli("up", "--portal-port", str(port))
        assert (code, err.partition(":")[0]) == (1, "port-taken")


@pytest.mark.stack
async def test_any_address_does_where_the_record_names_none(unfounded_url: str) -> None:
    databases = for_everyone(unfounded_url)
    await found_installation(databases, HERE, local=True)
    await require_address(databases, ELSEWHERE)


def test_an_address_that_is_asked_for_is_taken_whatever_the_record_says(tmp_path: Path) -> None:
    """A new portal runs before the old one is left out."""
    usual = replace(USUAL, portal=free_port())
    for url, wanted, is_usual in ((None, None, True), (None, free_port(), False), (ELSEWHERE, None, False)):
        settings = Settings(data=tmp_path, portal_url=url)
        plan = replace(plan_stack(settings, ANY, 1, local=False), preferred=usual)
        prepare = with_portal(plan, wanted).prepare
        assert isinstance(prepare, _Preparation)
        assert prepare.is_usual is is_usual
    unserved = plan_stack(Settings(data=tmp_path), ANY, 1, local=False).prepare
    assert isinstance(unserved, _Preparation)
    assert not unserved.is_usual


@pytest.mark.stack
async def test_the_doctor_compares_where_the_portal_is_with_the_record(
    unfounded_url: str, tmp_path: Path
) -> None:
    assert await look_at_address(settings_at(HERE, tmp_path), unfounded_url) == []
    await found_installation(for_everyone(unfounded_url), HERE, local=False)
    [right] = await look_at_address(settings_at(HERE, tmp_path), unfounded_url)
    assert (right.part, right.fine) == ("portal-address", True)
    [wrong] = await look_at_address(settings_at(ELSEWHERE, tmp_path), unfounded_url)
    assert not wrong.fine
    for finding, cure in zip(wrong.found, wrong.cure, strict=True):
        assert ELSEWHERE in finding
        assert HERE in finding
        assert "SELECTION_PORTAL_PORT=9001" in cure
        assert "/do/name-portals" in cure
    assert await look_at_address(Settings(data=tmp_path), unfounded_url) == []


@pytest.mark.stack
async def test_the_doctor_says_nothing_of_the_address_of_a_local_installation(
    unfounded_url: str, tmp_path: Path
) -> None:
    await found_installation(for_everyone(unfounded_url), HERE, local=True)
    assert await look_at_address(settings_at(ELSEWHERE, tmp_path), unfounded_url) == []
