"""How long a visitor of the portal may have it wait, and how much of it one address may use."""

from pydantic import BaseModel, ConfigDict, Field

OPEN_AT_MOST = 600
"""Connections of all addresses [D]: with what files need they stay below the 1,024 that a process may open."""


class PortalLimits(BaseModel):
    """The limits of one process [D]; each is a variable SELECTION_PORTAL_….

    `connections` is how many one address may have, and behind a server in front how many bodies of it are waited for.
    `head_s` are the seconds within which a whole head is there, `unread_s` those for which an answer may stay unread.
    Who is not signed in keeps it waiting for their body for `body_s` and no longer, but for a second more by `pace`
    bytes that came.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    connections: int = Field(default=40, ge=1, le=OPEN_AT_MOST)
    head_s: float = Field(default=10, gt=0, le=3600)
    unread_s: float = Field(default=60, gt=0, le=3600)
    body_s: float = Field(default=10, gt=0, le=3600)
    pace: float = Field(default=16 * 1024, gt=0)
