"""What who holds the login of a client, such as a portal that was broken into, tries on the record."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from ledger.database.logins import ROLES
from ledger.database.store import OWNER_ROLE
from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from starter.commands.operator.up import plan_stack
from tests.running.stacks import run_stack

APPENDING = (
    "SELECT selection.append_entries('r', 'application/r/0001', 0, '{}')",
    "SELECT selection.record_leaves('r', 'round/r', 0, '{}', 1, '{}', NULL, '[]', NULL, NULL, NULL, NULL)",
    "SELECT selection.project_stream('r', 'round/r', 9, '{}', NULL, '[]', NULL)",
    "INSERT INTO selection.entries VALUES ('r', 0, 'round/r', 1, 'x', now(), now(), 'p', 'c', 0, '{}', '')",
    "INSERT INTO selection.outbox (log) VALUES ('r')",
    "SELECT selection.claim_outbox(10, interval '1 day', now())",
    "SELECT selection.append_checkpoint('r', 1, '', '')",
    "SELECT selection.keep_history('r', 'w', 'x', 1, true, '')",
    "SELECT selection.halt_log('r', 'x')",
    "SELECT selection.lift_halt('r')",
    "SELECT selection.keep_number('r', 1, 'p-1', 'another')",
    "SELECT selection.erase_person('p-1', '[]')",
    "SELECT selection.offer_portal_link('')",
)
CHANGING = (
    "UPDATE selection.people SET roles = '{\"admin\": []}'",
    "INSERT INTO selection.people VALUES ('me', '{\"admin\": []}', '', 'en', true, '')",
    "UPDATE selection.snapshots SET state = '{}'",
    "UPDATE selection.applications SET \"row\" = '{}'",
    "DELETE FROM selection.tasks",
    "ALTER FUNCTION selection.record_clock() OWNER TO CURRENT_USER",
    *(
        f"SET ROLE {role}"
        for role in (*ROLES.values(), OWNER_ROLE, "migrator", "selection")
        if role not in (ROLES[Login.READER], ROLES[Login.PORTAL])
    ),
    *(f"GRANT {role} TO CURRENT_USER" for role in (*ROLES.values(), OWNER_ROLE)),
)
SALTS = (
    "SELECT salt FROM selection.contents",
    "SELECT * FROM selection.contents",
    "SELECT salt FROM selection.identities",
    "SELECT key FROM selection.content_keys",
    "COPY selection.identities TO STDOUT",
    "SELECT rolpassword FROM pg_authid",
    "SELECT token FROM selection.portal_sessions",
    "SELECT * FROM selection.portal_links",
    "SELECT * FROM selection.portal_seal",
    "UPDATE selection.portal_seal SET secret = sha256('ours')",
    "DELETE FROM selection.portal_answers",
    "DELETE FROM selection.portal_misses",
    "SELECT body FROM selection.portal_drafts",
    "SELECT body FROM selection.portal_acts",
    "SELECT piece FROM selection.content_pieces",
    "SELECT body FROM selection.portal_seconds",
    "SELECT body FROM selection.portal_first_keys",
    "SELECT piece FROM selection.portal_upload_pieces",
    "SELECT id FROM selection.portal_uploads",
    "DELETE FROM selection.portal_sent",
)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    settings = Settings(data=tmp_path_factory.mktemp("portal-login") / "data")
    plan = plan_stack(settings, ANY, workers=0, local=True)
    with run_stack(replace(plan, synced=False, preferred=ANY)) as running:
        yield running


@pytest.mark.parametrize("login", [Login.READER, Login.PORTAL])
async def test_a_portals_login_appends_changes_and_unseals_nothing(
    stack: EmbeddedStack, login: Login
) -> None:
    url = stack.endpoints.databases.url(login)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as portal:
        for statement in (*APPENDING, *CHANGING, *SALTS):
            print(statement)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await portal.execute(statement.encode())
