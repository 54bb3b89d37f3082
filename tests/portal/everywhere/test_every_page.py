"""Every page and sheet of the story, as everybody sees it: people by name, no code, and each language marked."""

import re
from collections.abc import Iterator

import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.marks import Piece, is_typed, read_pieces
from tests.portal.support.walking import BY_ID, SeenPage, tell_all, walk
from tests.running.servers import copy_for_test

BESIDE = {"en": "{name} ({person})", "zh": "{name}（{person}）"}
"""How the id stands behind a name: where it is signed, and of several people of one name."""
CHINESE = re.compile("[\u4e00-\u9fff]")
OTHER = {"en": CHINESE, "zh": re.compile(r"[A-Za-z]{3,}\s+[A-Za-z]{3,}")}
"""By a page's language, how a text in the other one is known: one word of Latin letters may be a name or an id."""
SPAN, TAG = re.compile('<span lang="[^"]*">|</span>'), re.compile("<[^>]*>")
MARKED = {"en": "zh-CN", "zh": "en"}
TYPED_BY_THEM = {("declare-project", "expert-2")}
"""By act, whom somebody named by an id that they typed, who may not learn the name of it."""


async def list_names(ledger: Ledger) -> dict[str, str]:
    """What everybody is called who is registered."""
    found = await ledger.people.find(None)
    return await ledger.people.call({item.person for item in found})


def spell_ids(names: dict[str, str]) -> re.Pattern[str]:
    """Return what finds the ids of people in a text."""
    spelled = "|".join(re.escape(person) for person in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{spelled})(?![\w-])")


def find_ids(seen: SeenPage, names: dict[str, str], ids: re.Pattern[str], language: str) -> Iterator[str]:
    """Yield the people who stand on a page by their ids alone."""
    page = SPAN.sub("", seen.page)
    if not ids.search(TAG.sub(" ", page)):
        # Nobody does in any text of it: it need not be read piece by piece.
        return
    told = [piece for piece in read_pieces(page) if not (is_typed(piece) or piece.is_technical)]
    text = " ".join(" ".join(piece.text for piece in told).split())
    for person, name in names.items():
        text = text.replace(BESIDE[language].format(name=name, person=person), name)
    for found in ids.finditer(text):
        if (seen.act, found[0]) not in TYPED_BY_THEM:
            yield f"{language} {seen.address} to {seen.person}: {text[max(0, found.start() - 40) : found.end()]}"


def find_unmarked(seen: SeenPage, pieces: list[Piece], language: str) -> Iterator[str]:
    """Yield what stands on a page in the other language, and in no element that says so."""
    for piece in pieces:
        other = OTHER[language].search(piece.text) and not (language == "zh" and CHINESE.search(piece.text))
        if other and piece.language.startswith(language) and not piece.is_code:
            yield f"{language} {seen.address} to {seen.person}: {piece.text.strip()[:80]}"


def find_code(seen: SeenPage, pieces: list[Piece], language: str) -> Iterator[str]:
    """Yield what stands on a page as one would type it at a terminal, or as programs call it."""
    for piece in pieces:
        if "`" in piece.text and not (is_typed(piece) or piece.is_technical or piece.is_code):
            yield f"{language} {seen.address} to {seen.person}: {piece.text.strip()[:120]}"


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_people_stand_by_their_names_and_each_language_is_marked(
    server: EmbeddedPostgres, story_template: str, language: str
) -> None:
    wrong, named, marked, by_id = list[str](), 0, 0, set[str]()
    async with copy_for_test(server.url, story_template) as url:
        recorder = await Ledger.connect(url, role=RECORDER_ROLE)
        await tell_all(recorder)
        names = await list_names(recorder)
        ids = spell_ids(names)
        async for seen in walk(DecidingBackend(url, recorder), recorder, language):
            found, pieces = list(find_ids(seen, names, ids, language)), read_pieces(seen.page)
            if seen.address in BY_ID:
                by_id |= {seen.address} if found else set()
            else:
                wrong += found
            wrong += find_unmarked(seen, pieces, language)
            wrong += find_code(seen, pieces, language)
            marked += seen.page.count(f'lang="{MARKED[language]}"')
            named += len(re.findall(r"Nm-\w", seen.page))
        await recorder.close()
    assert wrong == []
    assert by_id == {*BY_ID}
    assert named > 1_000, "the walk comes by people"
    assert marked > 50, "the walk comes by both languages"
