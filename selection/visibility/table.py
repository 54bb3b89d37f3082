"""The one table of who may see what: event type x standing x field (docs/rules.md, S1).

A row is the AUDIENCE of an event, in its room: the event's fields, each with its audience. The field `*` is the event
itself: that it happened and when. The field `role` is the role in which it was done; where a row does not name it, it
is as `*`. Officers, supervisors and auditors see everything and are not named in the rows. The person and the command
behind an event show to them and to that person only; the reason that its actor gave shows to them alone. An audience
may be narrowed by a scope after a colon:

- `own`: if the event is about the viewer's own seat, report, objection or act.
- `entry`: as `own`, and of a field that lists people only the entry that names the viewer.
- `current`: if it is the version of the application that counts now, not an earlier one.
- `ended`: once the application has its outcome.
- `scored`: while the panel's score is fixed, so that nobody is awaited who could still be told what others wrote.
- `told`: once the application has its outcome, if the panel's score is fixed and the review counts in it as it stands
  here, not as corrected since. What single reviewers of a panel that never finished wrote is no panel's comment.

Of whom a conflict was reported, that person sees neither the report nor its ruling, not even as staff.
What is not in the table is not shown. A stored content may be opened by whom the table shows a field that refers to it.
"""

from collections.abc import Mapping

from selection.rooms import ROOMS
from selection.visibility.list_rows import Audience
from selection.visibility.viewer import STAFF, Standing

_EVERY_OWN = " ".join(f"{standing}:own" for standing in Standing if standing not in STAFF)

COMMON_ROWS: dict[str, dict[str, Audience]] = {
    "act.refused.v1": {
        "*": f"{_EVERY_OWN} admin",
        "kind": _EVERY_OWN,
        "code": _EVERY_OWN,
        "params": _EVERY_OWN,
    },
}

EVENT_ROWS: dict[str, Mapping[str, Audience]] = {
    **{event.TYPE: event.AUDIENCE for room in ROOMS for event in room.folds},
    **COMMON_ROWS,
}
