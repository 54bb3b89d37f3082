"""In which role somebody opens a round: that in which another one could sign beside them."""

import pytest

from selection.kernel.actor import Role
from starter.rounds.opening import open_by
from tests import factories as f


@pytest.mark.parametrize(
    ("officers", "admins", "role"),
    [
        (("officer-1", "officer-2"), ("admin-1",), Role.OFFICER),
        (("officer-1", "officer-2"), ("officer-1",), Role.OFFICER),
        (("officer-1", "officer-2"), ("officer-1", "admin-1"), Role.ADMIN),
        (("officer-2", "officer-3"), ("officer-1",), Role.ADMIN),
    ],
)
def test_an_officer_who_is_the_only_administrator_opens_it_as_an_officer(
    officers: tuple[str, ...], admins: tuple[str, ...], role: Role
) -> None:
    rules = f.RULES.with_(staff=f.RULES.staff.with_(officers=officers, admins=admins))
    assert open_by(rules, "officer-1")[1] is role
