"""Whom a viewer may know by name in a stream: of those alone whom the table shows to them by id."""

from selection.application.state import ApplicationState
from selection.decision.stream_state import StreamState
from selection.round.state import RoundState
from selection.rules.holders import find_holders
from selection.visibility.viewer import Standing, Viewer


def list_known(state: StreamState, viewer: Viewer) -> frozenset[str] | None:
    """Return whom a viewer may know by name besides themselves; None for everyone: of staff, and who registers people.

    It goes by what people are to the application, and never by what an entry says: an id that somebody typed, in a
    report or as an expert to avoid, would else turn into the name of whomever they guessed.
    """
    if viewer.is_staff or Standing.ADMIN in viewer.standings:
        return None
    if isinstance(state, RoundState) and Standing.APPROVER in viewer.standings:
        return _list_of_posts(state)
    if not isinstance(state, ApplicationState):
        return frozenset()
    known: set[str] = set()
    if Standing.CHAIR in viewer.standings:
        known |= {seat.expert for seat in state.seats if seat.expert} | set(state.former)
    if Standing.SURVEYOR in viewer.standings:
        known |= set(state.team)
    for objection in state.objections.values():
        if viewer.person in objection.examiners:
            known |= {objection.objector, *objection.examiners}
    for request in state.requests.values():
        if viewer.person in request.deciders:
            known |= set(request.deciders)
    return frozenset(known)


def _list_of_posts(state: RoundState) -> frozenset[str]:
    """Return whom the changes of posts and the delegations of a round name, which approvers are shown.

    An approver agrees on posts, and knows whom they put there. None is named by a guess: whoever is entered is
    registered with the role that the post takes, or the entry would have been refused.
    """
    known = {person for item in state.post_entries for person in (*item.added, *item.removed)}
    known |= {person for item in state.delegations for person in (item.holder, item.substitute)}
    for key, people in state.holders.items():
        sealed = () if state.sealed is None else find_holders(state.sealed, key)
        known |= {*people} - {*(sealed or ())}
    return frozenset(known.union(*state.former.values()))
