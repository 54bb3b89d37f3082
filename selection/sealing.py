"""A rules file as a round seals it: with every act that people do in the round, and how it must be signed."""

from collections.abc import Iterator

from selection.kernel.actor import Role
from selection.kernel.proof import Assurance
from selection.rooms import APPLICATION_ACTS, LEAST_ASSURANCE, LIST_ACTS, ROUND_ACTS
from selection.rules.checks import find_dated_kinds, find_sealing_faults
from selection.rules.faults import RulesFault, RulesFaults
from selection.rules.loading import read_rules
from selection.rules.model import RoundRules

_ACTS = {**APPLICATION_ACTS, **LIST_ACTS, **ROUND_ACTS}
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
    if faults := (*_too_few(rules), *_too_few_to_draw(rules), *find_sealing_faults(rules.draws), *dated):
        raise RulesFaults(faults)
    return rules


def _too_few(rules: RoundRules) -> Iterator[RulesFault]:
    """Yield the posts that too few people hold to do what two of them must sign."""
    for role, post in _POSTS.items():
        acts = [
            kind
            for kind, asked in rules.assurance.items()
            if asked is Assurance.SIGNED_BY_TWO and _ACTS[kind].roles == {role}
        ]
        if acts and len(getattr(rules.staff, post)) < 2:
            yield RulesFault(f"staff.{post}", "too_few_to_sign", {"acts": ", ".join(sorted(acts))})


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
