"""How much one person may send in pages and by programs, counted at the record for all processes together.

Acts that were signed together count as many as they are, and are sent all or none: as long as a person is below the
limit, whatever they send goes through.
"""

import math
from collections.abc import Sequence

from starlette.responses import Response

from portal.backend import Reach
from portal.visit import Portal, Visit
from reading.access.subject import Subject
from selection.decision.envelope import Envelope

AN_HOUR = 3600


class TooMuch(Exception):
    """A person has reached a limit: nothing was sent. `code` has its sentence, which `params` fill."""

    def __init__(self, code: str, most: int, again_s: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = {
            "limit": str(most),
            "seconds": str(again_s),
            "hours": str(math.ceil(again_s / AN_HOUR)),
        }
        self.headers = {"Retry-After": str(again_s)}

    def tell(self, visit: Visit) -> str:
        """Return what a page says of it: when to try again."""
        return visit.say(f"acts.{self.code}", **self.params)

    def add_to(self, page: Response) -> Response:
        """Return a page that tells it, with the same for programs."""
        page.headers.update(self.headers)
        return page


async def count_acts(
    portal: Portal, reach: Reach, subject: Subject, sent_as: str, acts: Sequence[Envelope]
) -> None:
    """Count what a person is about to send; the same sent again under the same id counts once. Raises TooMuch.

    Programs choose their ids: of another act under the same id it is not the same.
    """
    if len(acts) == 1:
        sent_as = f"{sent_as} {acts[0].digest}"
    allowed = portal.backend.settings
    streams = [act.stream for act in acts]
    reached = await reach.work.count_acts(
        subject, sent_as, streams, acts=allowed.acts_a_minute, refusals=allowed.refusals_a_day
    )
    if reached is not None:
        most = allowed.acts_a_minute if reached.limit == "acts" else allowed.refusals_a_day
        raise TooMuch(f"{reached.limit}-too-many", most, reached.again_s)
