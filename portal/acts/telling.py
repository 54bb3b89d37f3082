"""Why an act was not taken, in the core's own sentence for who acts in a page."""

from portal.wording.refusals import IN_A_PAGE
from selection.kernel.counting import fill
from selection.kernel.zone import Zone
from selection.wording.refusals import SENTENCES, render_refusal

OTHERWISE = "page-refused"


def tell_refusal(language: str, code: str, params: dict[str, str], zone: Zone) -> str:
    """Return the sentence of a refusal; no command of a terminal stands in it."""
    own = IN_A_PAGE.get(code)
    if own is None and is_for_terminals(code):
        own = IN_A_PAGE[OTHERWISE]
    if own is not None:
        return fill(own[language == "zh"], {"place": "–", **params})
    return render_refusal(code, params, language, zone)


def is_for_terminals(code: str) -> bool:
    """Tell whether the core's sentence names a command or an option, or there is none."""
    return any(mark in text for text in SENTENCES.get(code, ("`", "`")) for mark in ("`", " --"))
