"""Who makes a draw: after a voided one, others than whose it was (docs/decisions/0107-others-make-the-next.md)."""

from selection.decision.aggregate import Context
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round.state import Draw, RoundState
from selection.rules.holders import STAFF

_OTHER = {Role.OFFICER: Role.SUPERVISOR, Role.SUPERVISOR: Role.OFFICER}
"""The posts that make draws. Nobody ever passes from one to the other, or stands in for both (0062)."""
_KEYS = {role: post for post, role in STAFF.items()}


def find_committing_post(state: RoundState) -> Role:
    """Return whose post commits the next draw: the officers', after a voided draw the other than that one's."""
    voided = _find_voided(state.draws)
    return Role.OFFICER if voided is None else _OTHER[state.draws[voided].post]


def list_committing(state: RoundState) -> tuple[str, ...]:
    """Return the holders of the post that commits the next draw."""
    people: tuple[str, ...] = getattr(state.current.staff, name_committing(state))
    return people


def name_committing(state: RoundState) -> str:
    """Return the post that commits the next draw, as the rules name it."""
    return _KEYS[find_committing_post(state)]


def refuse_out_of_turn(state: RoundState, context: Context) -> None:
    """Raise Refused `drew-before` for the post whose draw was voided, `not-entitled` for supervisors without such one.

    Whoever kept a draw from being opened may have known what it gives, and does not get another, nor a colleague.
    """
    post, voided = find_committing_post(state), _find_voided(state.draws)
    if context.actor.role is post:
        return
    if voided is None:
        raise Refused("not-entitled", roles=post.value)
    raise Refused("drew-before", draw=voided, post=_KEYS[post])


def refuse_maker(state: RoundState, name: str, person: str) -> None:
    """Raise Refused for who may not open a draw: `draw-own`, `drew-before` if theirs was voided for this one."""
    draw = state.draws[name]
    if draw.by == person:
        raise Refused("draw-own", draw=name)
    earlier = {other: item for other, item in state.draws.items() if item.public < draw.public}
    voided = _find_voided(earlier)
    if voided is not None and state.draws[voided].by == person:
        raise Refused("drew-before", draw=voided, post=_KEYS[_OTHER[state.draws[voided].post]])


def _find_voided(draws: dict[str, Draw]) -> str | None:
    """Return the last of these draws if it was voided: each names later public numbers than those before it."""
    last = max(draws, key=lambda name: draws[name].public, default=None)
    return last if last is not None and draws[last].voided else None
