"""What an installation sets: fonts for rarer characters, and its letterhead."""

from pathlib import Path

import pylopdf_fonts_zh_cn as noto
import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from papers.fonts import FontsMissing, load_fonts
from papers.kinds import PaperKind
from papers.letterhead import Letterhead
from papers.render import find_missing, render
from papers.values import Words
from runtime.settings import Settings
from starter.cli.failures import CommandFailed
from starter.papers.settings import find_fonts, read_letterhead
from tests.papers.pdf import list_fonts, read_text
from tests.papers.samples import usual

pytestmark = pytest.mark.long


def write_font(folder: Path, character: str) -> None:
    """Write a font of another name that has one character, with the glyph of another one."""
    font = TTFont(noto.sans_path())
    subsetter = Subsetter()
    subsetter.populate(unicodes=[ord("口")])
    subsetter.subset(font)
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {ord(character): font.getBestCmap()[ord("口")]}
    font["cmap"].tables = [table]
    for record in font["name"].names:
        font["name"].setName("Rarer", record.nameID, record.platformID, record.platEncID, record.langID)
    font.save(folder / "rarer.otf")


def test_fonts_of_a_folder_serve_for_what_ours_lack(tmp_path: Path) -> None:
    write_font(tmp_path, "𠮷")
    paper = usual()[PaperKind.CERTIFICATE].model_copy(update={"round_title": Words.alike("张𠮷 W")})
    fonts = load_fonts(tmp_path)
    assert find_missing(paper) == ("[U+20BB7]",)
    assert find_missing(paper, fonts) == ()
    body = render(paper, "zh", fonts)
    assert "张𠮷W" in read_text(body)
    assert any("Rarer" in name for name in list_fonts(body))
    # Nothing else looks different for it.
    plain = usual()[PaperKind.CERTIFICATE]
    assert render(plain, "zh", fonts) == render(plain, "zh")


def test_folder_without_fonts_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing):
        load_fonts(tmp_path)
    with pytest.raises(CommandFailed) as failed:
        find_fonts(Settings(paper_fonts=tmp_path))
    assert failed.value.code == "paper-fonts-missing"


def test_letterhead_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "letterhead.yaml"
    path.write_text("issuer: {en: Ministry X, zh: 某某部}\n", encoding="utf-8")
    assert read_letterhead(Settings(letterhead=path)).issuer.zh == "某某部"
    assert read_letterhead(Settings()) == Letterhead()
    for wrong in ("issuer: {en: Ministry X}\n", "wording: {nothing: {en: a, zh: b}}\n", "- x\n", "a: ["):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(CommandFailed) as failed:
            read_letterhead(Settings(letterhead=path))
        assert failed.value.code == "letterhead-wrong"
        assert "SELECTION_LETTERHEAD" in failed.value.sentence("en")
