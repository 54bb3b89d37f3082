"""What each process that a stack starts is given of the environment of whoever starts it."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

import runtime.settings
from runtime import environments
from runtime.embedded.plan import ANY
from runtime.embedded.ports import free_port
from runtime.embedded.stack import MAIL, PORTAL, POSTGRES, TEMPORAL, EmbeddedStack
from runtime.logins import Login
from runtime.portal_limits import PortalLimits
from runtime.settings import Settings, SignInProvider
from starter.commands.operator.up import plan_stack, with_portal
from tests.needing import needs_linux
from tests.running.stacks import run_stack

pytestmark = [pytest.mark.stack, needs_linux]
OF_NOBODY = {
    "SOMEBODYS_TOKEN": "a-token-of-another-program",
    "SELECTION_KEY_PASSPHRASE_FILE": "/somewhere/passphrase-of-a-person",
    "SELECTION_KEY": "/somewhere/key-of-a-person",
}
"""What no part has a use for."""
OF_PORTAL = {
    "SELECTION_OIDC_ISSUER": "https://sign-in.example",
    "SELECTION_OIDC_CLIENT": "selection",
    "SELECTION_OIDC_SECRET": "the-secret-of-the-provider",
}
OF_WORKER = {"SELECTION_TSA_URL": "https://stamps.example/tsa"}
PLAIN = {"LANG", "LC_ALL", "LC_CTYPE", "PATH", "TZ", "TMPDIR", "LD_LIBRARY_PATH"}
"""What tells no secret, of which a server that is not ours gets no more."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """A stack with a worker and the portal, started by somebody who has more in their environment."""
    more = {**OF_NOBODY, **OF_PORTAL, **OF_WORKER, "PYTHONPATH": os.pathsep.join(sys.path)}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in more.items():
            patch.setenv(name, value)
        settings = Settings(data=tmp_path_factory.mktemp("environments") / "data")
        plan = replace(plan_stack(settings, ANY, 1, local=True), synced=False, preferred=ANY)
        with run_stack(with_portal(plan, free_port())) as running:
            yield running


def list_environments(stack: EmbeddedStack, name: str) -> list[dict[str, str]]:
    """The environment of a part, and of whatever it has started."""
    part = psutil.Process(stack.pids[name])
    return [process.environ() for process in (part, *part.children(recursive=True))]


@pytest.mark.parametrize("name", [POSTGRES, TEMPORAL, MAIL, PORTAL, "worker"])
def test_no_part_is_given_what_it_has_no_use_for(stack: EmbeddedStack, name: str) -> None:
    found = list_environments(stack, name)
    assert found
    assert [
        environment.keys() & OF_NOBODY.keys() for environment in found if environment.keys() & OF_NOBODY
    ] == []


@pytest.mark.parametrize(("name", "more"), [(POSTGRES, set[str]()), (TEMPORAL, {"HOME", "GOGC"})])
def test_a_server_is_given_nothing_of_ours(stack: EmbeddedStack, name: str, more: set[str]) -> None:
    for environment in list_environments(stack, name):
        # PostgreSQL tells its children how it was started.
        own = {key for key in environment if key.startswith(("PG", "POSTGRES"))}
        assert environment.keys() - own - PLAIN - more == set()


def test_the_mail_sink_is_given_no_setting(stack: EmbeddedStack) -> None:
    for environment in list_environments(stack, MAIL):
        assert [name for name in environment if name.startswith(("SELECTION_", "TEMPORAL_"))] == []


def test_settings_reach_the_program_that_reads_them(stack: EmbeddedStack) -> None:
    (portal, *_), (worker, *_) = list_environments(stack, PORTAL), list_environments(stack, "worker")
    assert {name: portal.get(name) for name in OF_PORTAL} == OF_PORTAL
    assert {name: worker.get(name) for name in OF_WORKER} == OF_WORKER
    assert portal.keys() & OF_WORKER.keys() == set()
    assert worker.keys() & OF_PORTAL.keys() == set()


def test_only_the_courier_hands_mail_over_and_only_the_worker_signs(stack: EmbeddedStack) -> None:
    (portal, *_), (worker, *_) = list_environments(stack, PORTAL), list_environments(stack, "worker")
    secrets = {"SELECTION_SMTP_PASSWORD", "SELECTION_SIGNING_KEY", "SELECTION_WORKER_DATABASE_URL"}
    assert secrets <= worker.keys()
    assert [name for name in secrets if portal.get(name)] == []
    assert [name for name in ("SELECTION_PORTAL_DATABASE_URL",) if worker.get(name)] == []


BEGINNINGS = {"SELECTION_SMTP", "SELECTION_OIDC", "SELECTION_PORTAL"}
"""What several variables begin with, and none is called."""
SETTING = re.compile(r"SELECTION_[A-Z_]*[A-Z]")


@pytest.mark.fast
def test_every_setting_is_given_to_a_program_or_is_for_commands_alone() -> None:
    """A new variable that no program is given would be set in vain where `selection up` starts them."""
    source = Path(runtime.settings.__file__).read_text("utf-8")
    named = {name for name in SETTING.findall(source) if name not in BEGINNINGS}
    named |= {f"SELECTION_OIDC_{name.upper()}" for name in SignInProvider.model_fields}
    named |= {f"SELECTION_PORTAL_{name.upper()}" for name in PortalLimits.model_fields}
    named |= {login.variable for login in Login}
    assert len(named) > 40
    lists = (environments.WORKER, environments.PORTAL, environments.COMMANDS)
    assert {name for name in named if not any(environments.is_named(name, names) for names in lists)} == set()
