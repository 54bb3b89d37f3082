"""The proposal that is decided on: what changed, why each centre stands where it does, and what agreeing does."""

from starlette.responses import Response

from portal.acts.moments import tell_moments
from portal.pages.rounds.offers import READ_FIRST, list_sheets
from portal.people import call_all
from portal.routing import show
from portal.visit import Visit
from reading.desk.models import ProposalCase
from reading.errors import Hidden
from selection.streams import round_stream
from selection.visibility.viewer import STAFF, Standing

PATH = "/rounds/{round}/approval"


async def show_case(visit: Visit) -> Response:
    """Show the present proposal to who oversees the round, or that there is none yet, or none for them."""
    round_id = visit.request.path_params["round"]
    standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    staff = not STAFF.isdisjoint(standings)
    context = {
        "round": round_id,
        "names": names,
        "case": None,
        "staff": staff,
        "officer": Standing.OFFICER in standings,
    }
    try:
        case = await visit.reads.cases.get(visit.subject, round_id)
    except Hidden:
        # Who oversees the round is told whether there is one; to all others the page itself is hidden.
        desk = await visit.reads.desks.get(visit.subject, round_id)
        context["hidden"] = bool(desk.row.proposal)
        return visit.render("rounds/approval.html", context, zone=names.words.zone)
    called = await call_all(visit, round_stream(round_id), case.news, *(item.person for item in case.given))
    offers = list_sheets(case.acts, round_id)
    moments = tell_moments(case.news, visit.language, names, called)
    context |= {
        "case": case,
        "people": called,
        "moments": moments,
        "changed": is_changed(case),
        "offers": offers,
        "decides": any(offer.kind in READ_FIRST for offer in offers),
        "open": next((level for level in case.levels if level.state == "open"), None),
        "gone": [item for item in case.aside if item.was],
    }
    return visit.render("rounds/approval.html", context, zone=names.words.zone)


def is_changed(case: ProposalCase) -> bool:
    """Tell whether anything stands elsewhere than in the proposal before, or no longer."""
    return any(item.was != item.rank for item in case.items) or any(item.was for item in case.aside)


ROUTES = (show(PATH, show_case),)
