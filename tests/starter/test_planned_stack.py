"""What `selection up` plans before anything starts."""

from pathlib import Path

from runtime.embedded.plan import ANY
from runtime.embedded.ports import free_port
from runtime.settings import Settings
from starter.commands.operator.up import _Preparation, plan_stack, with_portal


def test_an_installation_is_founded_with_the_port_that_its_portal_listens_on(tmp_path: Path) -> None:
    """Else no passkey counts on the pages of a portal that is not on its usual port."""
    plan = with_portal(plan_stack(Settings(data=tmp_path), ANY, 1, local=False), port := free_port())
    assert isinstance(plan.prepare, _Preparation)
    assert plan.prepare.settings.portal_origin == plan.settings.portal_origin == f"http://localhost:{port}"
