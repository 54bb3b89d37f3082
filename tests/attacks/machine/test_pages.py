"""What a web page in a browser of this machine can do at the ports that a stack opens."""

import http.client
import json
from collections.abc import Iterator

import psutil
import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from runtime.embedded.plan import Ports, StackPlan
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.embedded.stack import EmbeddedStack
from runtime.settings import Settings
from runtime.temporal.address import find_way
from tests.running.stacks import run_stack

HOSTS = ("rebound.example", "localhost", LOOPBACK)
"""Under which names a page of somebody else's leads to this machine; the first by DNS rebinding."""
PAGES = (
    "/",
    "/api/v1/namespaces",
    "/api/v1/namespaces/default/workflows",
    "/api/v1/namespaces/default/workflows/attacked",
    "/cluster",
    "/namespaces/default/workflows/attacked",
)
ID = "attacked"
START = json.dumps({"workflow_type": {"name": "Round"}, "task_queue": {"name": "center-selection"}})
SECONDS = 3


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """A stack whose Temporal is open, as it is where a machine allows no network of its own."""
    settings = Settings(data=tmp_path_factory.mktemp("pages") / "data")
    with run_stack(StackPlan(settings, ports=Ports(temporal=free_port()), synced=False)) as running:
        yield running


def open_ports(stack: EmbeddedStack) -> set[int]:
    """Every port at which a part of the stack listens."""
    programs = [psutil.Process(pid) for pid in stack.pids.values()]
    programs += [child for program in programs for child in program.children(recursive=True)]
    found = [item for program in programs for item in program.net_connections("tcp")]
    return {item.laddr.port for item in found if item.status == psutil.CONN_LISTEN}


def ask(port: int, method: str, path: str, host: str, body: str | None = None) -> int:
    """Ask as a browser does without asking for leave first; 0 for what is no answer in HTTP."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=SECONDS)
    headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}", "Content-Type": "text/plain"}
    try:
        connection.request(method, path, body=body, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


async def test_no_port_shows_a_page_anything_by_whatever_name(stack: EmbeddedStack) -> None:
    ports = open_ports(stack)
    assert len(ports) >= 3
    answers = {
        (port, path, host): ask(port, "GET", path, host) for port in ports for path in PAGES for host in HOSTS
    }
    assert [asked for asked, status in answers.items() if 200 <= status < 400] == []


async def test_a_form_of_a_page_starts_no_workflow(stack: EmbeddedStack) -> None:
    path = f"/api/v1/namespaces/default/workflows/{ID}"
    for port in open_ports(stack):
        for host in HOSTS:
            assert not 200 <= ask(port, "POST", path, host, START) < 400
    client = await Client.connect(**find_way(stack.endpoints.temporal_address))
    with pytest.raises(RPCError) as missing:
        await client.get_workflow_handle(ID).describe()
    assert missing.value.status is RPCStatusCode.NOT_FOUND
