import functools
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from papers.kinds import CONFIDENTIAL, TITLES, Language, PaperKind
from papers.render import render
from papers.values import Paper
from papers.words import LABELS
from selection.rules.zones import list_offsets
from tests.papers.pdf import (
    list_boxes,
    list_dangers,
    list_fonts,
    read_metadata,
    read_pages,
    read_text,
    squeeze,
)
from tests.papers.samples import CENTRE, LEAF, shortest, usual

pytestmark = pytest.mark.long

PAGES = {
    PaperKind.RECEIPT: 1,
    PaperKind.APPLICATION: 3,
    PaperKind.REVIEW: 2,
    PaperKind.OPINIONS: 5,
    PaperKind.SURVEY: 3,
    PaperKind.APPRAISAL: 2,
    PaperKind.PROPOSAL: 2,
    PaperKind.NOTICE: 2,
    PaperKind.OBJECTION: 2,
    PaperKind.APPROVAL: 2,
    PaperKind.LETTER: 4,
    PaperKind.LIST: 2,
    PaperKind.CERTIFICATE: 1,
}
BOTH = functools.cache(lambda kind, much: render((usual() if much else shortest())[kind], "both"))
EVERY = [pytest.param(paper, id=kind.value) for kind, paper in usual().items()]


def test_there_is_a_paper_of_each_kind() -> None:
    assert usual().keys() == shortest().keys() == set(PaperKind)
    assert TITLES.keys() == set(PaperKind)


@pytest.mark.parametrize("paper", EVERY)
def test_paper_shows_its_title_centre_and_place_in_the_record(paper: Paper) -> None:
    english, chinese = render(paper, "en"), render(paper, "zh")
    bodies: tuple[tuple[bytes, Language], ...] = ((english, "en"), (chinese, "zh"))
    for body, language in bodies:
        text = read_text(body)
        assert squeeze(TITLES[paper.KIND][language == "zh"]) in text
        assert squeeze(CENTRE.name.get(language)) in text
        assert "application/second-batch/0007,412" in text
        assert LEAF in text
        marked = squeeze(LABELS["confidential"][language == "zh"]) in text
        assert marked == (paper.KIND in CONFIDENTIAL)
    assert len(read_pages(chinese)) == PAGES[paper.KIND]


@pytest.mark.parametrize("much", [True, False])
@pytest.mark.parametrize("kind", PaperKind)
def test_paper_is_an_archive_file_with_its_own_fonts(kind: PaperKind, much: bool) -> None:
    body = BOTH(kind, much)
    metadata = read_metadata(body)
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    fonts = list_fonts(body)
    assert {name.partition("+")[2].partition("-Regular")[0] for name in fonts} <= {
        "NotoSerifSC",
        "NotoSansSC",
    }
    assert all(fonts.values())
    assert not list_dangers(body)


@pytest.mark.parametrize("much", [True, False])
@pytest.mark.parametrize("kind", PaperKind)
def test_nothing_stands_beyond_the_margins(kind: PaperKind, much: bool) -> None:
    for (left, bottom, right, top), (width, height) in list_boxes(BOTH(kind, much)):
        assert 60 < left < right < width - 60
        assert 30 < bottom < top < height - 50


def test_both_languages_stand_one_after_the_other() -> None:
    paper = usual()[PaperKind.CERTIFICATE]
    first, second = read_pages(render(paper, "both"))
    assert "（筹）" in first
    assert "underconstruction" in second


def test_same_paper_has_the_same_bytes_on_any_machine() -> None:
    paper = usual()[PaperKind.LETTER]
    here = render(paper, "both")
    program = (
        "import sys; from papers.render import render; from tests.papers.samples import usual;"
        "sys.stdout.buffer.write(render(usual()['letter'], 'both'))"
    )
    elsewhere = {
        "PATH": "",
        "TZ": "America/New_York",
        "LANG": "C",
        "SOURCE_DATE_EPOCH": "1",
        "PYTHONPATH": ":".join(sys.path),
    }
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=elsewhere, cwd="/"
    )
    assert there.stdout == here


def test_another_paper_has_other_bytes() -> None:
    paper = usual()[PaperKind.CERTIFICATE]
    later = paper.model_copy(update={"place": 4})
    assert render(later, "zh") != render(paper, "zh")


def test_paper_shows_instants_and_its_day_in_the_zone_of_its_round() -> None:
    paper = usual()[PaperKind.NOTICE]
    late = paper.cited.model_copy(update={"at": datetime(2026, 3, 1, 3, 30, tzinfo=UTC)})
    zone = list_offsets("America/New_York", 2025, 2027)
    there = read_text(render(paper.model_copy(update={"cited": late, "zone": zone}), "en"))
    here = read_text(render(paper.model_copy(update={"cited": late}), "en"))
    assert "28February2026" in there
    assert "1March2026" in here
    assert "12:00(UTC-04:00,America/New_York)" in there
