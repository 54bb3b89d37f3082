"""The longest content that there may be: on so many pages, within the margins, selectable, in its own fonts.

Each paper was looked at as a picture as well; what is held here is text and count, not pixels.
"""

import functools

import pytest

from papers.kinds import Language, PaperKind
from papers.render import render
from tests.papers.longest import list_blocks, longest
from tests.papers.pdf import list_boxes, list_fonts, read_pages, squeeze

pytestmark = pytest.mark.long

LONGEST = functools.cache(longest)
PAGES: dict[PaperKind, tuple[int, int]] = {
    PaperKind.RECEIPT: (4, 4),
    PaperKind.APPLICATION: (23, 23),
    PaperKind.REVIEW: (6, 6),
    PaperKind.OPINIONS: (10, 10),
    PaperKind.SURVEY: (6, 6),
    PaperKind.APPRAISAL: (5, 6),
    PaperKind.OBJECTION: (5, 5),
    PaperKind.LETTER: (15, 15),
    PaperKind.CERTIFICATE: (1, 1),
    PaperKind.PROPOSAL: (9, 9),
    PaperKind.NOTICE: (9, 9),
    PaperKind.APPROVAL: (10, 10),
    PaperKind.LIST: (9, 9),
}
"""In Chinese and English."""


def test_each_kind_has_its_longest() -> None:
    assert LONGEST().keys() == PAGES.keys() == set(PaperKind)


@pytest.mark.parametrize("kind", PaperKind)
def test_longest_content_fits_its_pages_and_can_be_selected(kind: PaperKind) -> None:
    paper = LONGEST()[kind]
    languages: tuple[Language, ...] = ("zh", "en")
    counts = []
    for language in languages:
        body = render(paper, language)
        pages = read_pages(body)
        counts.append(len(pages))
        text = "".join(pages)
        assert all(squeeze(block)[:16] in text for block in list_blocks(paper, language))
        assert "{" not in text
        assert all(list_fonts(body).values())
        for (left, bottom, right, top), (width, height) in list_boxes(body):
            assert 60 < left < right < width - 60
            assert 30 < bottom < top < height - 50
    assert tuple(counts) == PAGES[kind]
