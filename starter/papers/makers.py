"""What makes each paper that needs nothing but its application or its round, by the name under which it is printed."""

from collections.abc import Awaitable, Callable

from papers.values import Paper
from starter.papers.applications import make_dossier
from starter.papers.judging import collect_opinions, make_appraisal, make_survey
from starter.papers.letters import make_certificate, make_letter
from starter.papers.lists import make_approval, make_list, make_notice, make_proposal
from starter.papers.material import Material

OF_APPLICATION: dict[str, Callable[[Material, str], Awaitable[Paper]]] = {
    "application": make_dossier,
    "opinions": collect_opinions,
    "survey": make_survey,
    "appraisal": make_appraisal,
    "letter": make_letter,
    "certificate": make_certificate,
}
"""By the application's number."""

OF_ROUND: dict[str, Callable[[Material], Awaitable[Paper]]] = {
    "proposal": make_proposal,
    "notice": make_notice,
    "approval": make_approval,
    "list": make_list,
}
