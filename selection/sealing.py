"""A rules file as a round seals it: with every act that people do in the round, and how it must be signed."""

from collections.abc import Iterator

from selection.kernel.actor import Role
from selection.rooms import LEAST_ASSURANCE
from selection.rules.checks import find_dated_kinds, find_sealing_faults
from selection.rules.faults import RulesFault, RulesFaults
from selection.rules.loading import read_rules
from selection.rules.model import RoundRules
from selection.staffing import BY_LEVEL, count_approvers, list_signed_by_two

_POSTS = {Role.OFFICER: "officers", Role.SUPERVISOR: "supervisors", Role.ADMIN: "admins"}
"""The roles that the rules themselves give, and where they name who has them."""
MAKERS = 3
"""How many make a draw that was voided and the one that follows: two commit, and another one opens."""


def load_rules(text: str) -> RoundRules:
    """Return the rules written in the YAML text; the acts that it leaves out as they ask for it by themselves.

    Raises RulesFaults with every fault there is.
    """
    rules = read_rules(text, LEAST_ASSURANCE)
    dated = find_dated_kinds(rules.ladder)
    staff = (*_too_few(rules), *_too_few_to_approve(rules), *_too_few_to_draw(rules))
    if faults := (*staff, *find_sealing_faults(rules.draws), *dated):
        raise RulesFaults(faults)
    return rules


def _too_few(rules: RoundRules) -> Iterator[RulesFault]:
    """Yield the posts that too few people hold to do what two of them must sign."""
    for role, post in _POSTS.items():
        acts = list_signed_by_two(rules, role)
        if acts and len(getattr(rules.staff, post)) < 2:
            yield RulesFault(f"staff.{post}", "too_few_to_sign", {"acts": ", ".join(acts)})


def _too_few_to_approve(rules: RoundRules) -> Iterator[RulesFault]:
    """Yield the levels in which nobody is left to sign as the second what two of its approvers must sign."""
    acts = ", ".join(kind for kind in list_signed_by_two(rules, Role.APPROVER) if kind in BY_LEVEL)
    for index, level in enumerate(rules.approval):
        if len(level.approvers) < (least := count_approvers(rules, level)):
            params = {"least": str(least), "acts": acts}
            yield RulesFault(f"approval[{index}].approvers", "too_few_to_approve", params)


def _too_few_to_draw(rules: RoundRules) -> Iterator[RulesFault]:
    """Yield a post without anybody who makes draws, or that three are missing: of a voided draw others make the next.

    Administrators make none. An officer commits, the draw is voided, a supervisor commits, and a third person opens; or
    the other way round.
    """
    free = {
        post: set(getattr(rules.staff, post)).difference(rules.staff.admins)
        for post in (_POSTS[Role.OFFICER], _POSTS[Role.SUPERVISOR])
    }
    lacking = [post for post, people in free.items() if not people]
    if not lacking and len(set().union(*free.values())) < MAKERS:
        lacking = [_POSTS[Role.OFFICER]]
    for post in lacking:
        yield RulesFault(f"staff.{post}", "too_few_to_draw")
