"""What an installation sets for its papers: the letterhead, and fonts for rarer characters."""

from pathlib import Path

from papers.fonts import Fonts, FontsMissing, load_fonts
from papers.letterhead import Letterhead
from runtime.settings import Settings
from selection.refusals.refused import Refused
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_model


def read_letterhead(settings: Settings) -> Letterhead:
    """Return the installation's letterhead, or ours. Raises CommandFailed."""
    if settings.letterhead is None:
        return Letterhead()
    try:
        return read_model(settings.letterhead, Letterhead)
    except Refused as refused:
        raise CommandFailed("letterhead-wrong", text=refused.params.get("places", "")) from None


def find_fonts(settings: Settings) -> Fonts:
    """Return the fonts of the papers with the installation's own. Raises CommandFailed paper-fonts-missing."""
    more: Path | None = settings.paper_fonts
    try:
        return load_fonts(more)
    except FontsMissing:
        raise CommandFailed("paper-fonts-missing") from None
