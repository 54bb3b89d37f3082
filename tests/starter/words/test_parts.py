"""What a part of a running stack finds by its own login, without that of the command line."""

import asyncio

import pytest

from portal.wording.parts import WORDS
from runtime.logins import Login
from runtime.settings import Settings
from starter.doctor.by_login import examine_by
from tests.starter.support.stack import Up

pytestmark = pytest.mark.stack


def test_the_portals_login_finds_every_part_well_and_each_has_a_name_on_its_page(up: Up) -> None:
    found = asyncio.run(examine_by(Settings(data=up.data), Login.PORTAL))
    assert [item for item in found if not item.fine] == []
    parts = {item.part for item in found}
    assert {
        "postgres",
        "migrations",
        "clock",
        "locks",
        "temporal",
        "worker",
        "workflow-tasks",
        "signer",
        "plaintext",
    } <= parts
    assert {"disk", "passwords", "mail", "workflows"} & parts == set()
    assert parts <= WORDS.keys()
