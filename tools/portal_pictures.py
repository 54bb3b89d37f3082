"""Makes the pictures of the portal in the docs, the first page of each role: `python -m tools.portal_pictures`.

It tells a record of its own what the tests tell theirs, and needs a headless Chromium with a Chinese font; on Debian
`apt-get install chromium-headless-shell fonts-wqy-microhei`. Beside the pictures it writes of which templates and
sentences each was made, with the hash of these, of style and scripts, and of the file; by that
tests/docs/test_portal_pictures.py sees whether it still is what the portal shows. On one machine it makes them alike.
"""

import asyncio
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from markupsafe import Markup

from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from portal.pages import tasks
from portal.shown import rendering
from portal.wording.catalogue import say
from selection.application.events import AppraisalOpened, SurveyTeamAppointed
from selection.kernel.actor import Role
from tests.browser.support.chromium import launch
from tests.browser.support.portal import serve_portal
from tests.browser.support.tour import Tour
from tests.ledger.support.logins import new_postgres
from tests.portal.rounds.test_unit_list import HERE as LIST, PERSON as RECOMMENDER, tell_submitted
from tests.portal.support import deciding
from tests.portal.support.acting import EXAMINED, EXPERT, DecidingBackend, retell, tell_panel, tell_round
from tests.portal.support.applying import APPLICANT, APPLY, tell_open_round
from tests.portal.support.browsing import make_link
from tests.registering import register
from tests.running.servers import copy_database, make_templates
from tests.selection import story
from tools.picture_hashes import MADE_OF, PICTURES, hash_made, hash_picture

WIDTH, HEIGHT = 1080, 760
DISPUTED = 32
"""Steps of the longest story until a reported conflict waits for a supervisor."""
TYPES = [step.leaf.type for step in story.application_listed().steps]
VISITED = 1 + TYPES.index(SurveyTeamAppointed.TYPE)
"""The same until a survey team has a visit to make."""
MET = TYPES.index(AppraisalOpened.TYPE)
"""The same until a chair has a vote to open."""
PEOPLE = {
    "officer-1": ("Lin Min (synthetic)", Role.OFFICER),
    "approver-1": ("Zhao Yun (synthetic)", Role.APPROVER),
    "supervisor-1": ("He Jing (synthetic)", Role.SUPERVISOR),
    "auditor-1": ("Xu Bo (synthetic)", Role.AUDITOR),
    "admin-1": ("Ma Li (synthetic)", Role.ADMIN),
    EXPERT: ("Chen Hua (synthetic)", Role.EXPERT),
    "surveyor-1": ("Guo Wei (synthetic)", Role.SURVEYOR),
    "examiner-1": ("Tang Yi (synthetic)", Role.EXAMINER),
    "objector-1": ("Qian Fang (synthetic)", Role.OBJECTOR),
    **{
        f"expert-{number}": (f"{name} (synthetic)", Role.EXPERT)
        for number, name in enumerate(
            ("Sun Ping", "Zhou Kai", "Wu Lan", "Zheng Tao", "Feng Yu", "Deng Ke", "Xie Na", "Han Lei"),
            start=2,
        )
    },
}
TEXTS = {
    "proposal-reason": "The panel agreed on it without dissent; its staff and test stand are in place.",
    "deviation": "Its region has no centre yet, and its score is within two points of the next.",
    "send-back-reason": "Say why the third place goes to this centre and not to the next by rank.",
    "hit-text": "A penalty of 2022 for late accounts, which was paid.",
    "integrity-text": "All host units were looked up in the public registers.",
    "hit-ruling": "Settled before the call; it does not stand against the centre.",
}
FIRST = {
    "public": ("", "/"),
    "applicant": (APPLICANT, APPLY),
    "expert": (EXPERT, "/tasks"),
    "officer": ("officer-1", f"/rounds/{deciding.CHOOSING}/desk"),
    "approver": ("approver-1", f"/rounds/{deciding.APPROVING}/approval"),
    "supervisor": ("supervisor-1", "/tasks"),
    "auditor": ("auditor-1", f"/rounds/{deciding.APPROVING}/desk"),
    "admin": ("admin-1", "/do"),
    "recommender": (RECOMMENDER, LIST),
    "chair": (EXPERT, f"/do/open-appraisal/{story.ROUND}/0202"),
    "surveyor": ("surveyor-1", "/tasks"),
    "examiner": ("examiner-1", "/tasks"),
    "objector": ("objector-1", f"/do/raise-objection/{story.ROUND}/0203"),
}
"""By role, as whom which page is shown."""


def main() -> None:
    """Write the pictures and what each is made of."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))


async def draw(folder: Path) -> None:
    """Tell a record, and photograph it."""
    postgres = new_postgres(folder, synced=False)
    await postgres.start()
    try:
        await make_templates(postgres.url)
        # A sentence that is written into a template as it is read would be noted for the first picture alone.
        with patch("portal.shown.rendering.SAID", re.compile("(?!)")):
            made = await photograph(await copy_database(postgres.url, "founded"))
    finally:
        await postgres.stop()
    MADE_OF.write_text(
        json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )


async def photograph(url: str) -> dict[str, Any]:
    """Write each picture, and return what it is made of."""
    recorder = await Ledger.connect(url, role=RECORDER_ROLE)
    await tell(recorder)
    backend, made = DecidingBackend(url, recorder), {}
    async with launch() as browser, serve_portal(url, backend) as origin:
        page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        tour = Tour(page, origin)
        reach = await backend.reach()
        for language in ("en", "zh"):
            await tour.speak(language)
            for role, (person, address) in FIRST.items():
                link = (await make_link(recorder)).rpartition("/")[2]
                token = await reach.sessions.begin_by_link(link, person, "Chromium") if person else ""
                await tour.enter(token)
                with note_use() as (templates, words):
                    await tour.go(address)
                name = f"{role}.png" if language == "en" else f"{role}.zh.png"
                await page.screenshot(path=PICTURES / name)
                of = {"templates": sorted(templates), "words": sorted(words)}
                made[name] = {**of, "sha256": hash_made(**of), "picture": hash_picture(name)}
    await recorder.close()
    return made


@contextmanager
def note_use() -> Iterator[tuple[set[str], set[str]]]:
    """Note which templates are drawn and which sentences are said, within the block."""
    templates, words = set[str](), set[str]()
    draw = rendering.draw

    def note_and_draw(template: str, *rest: Any) -> Markup:
        templates.add(template)
        return draw(template, *rest)

    def note_and_say(key: str, *rest: Any) -> str:
        words.add(key)
        return say(key, *rest)

    # A row that was drawn for another picture would be noted for that alone.
    tasks.draw_row.cache_clear()
    with (
        patch("portal.shown.rendering.draw", note_and_draw),
        patch("portal.pages.tasks.draw", note_and_draw),
        patch("portal.shown.rendering.say", note_and_say),
    ):
        yield templates, words


async def tell(recorder: Ledger) -> None:
    """Record people, texts, and a round for each of them."""
    people = [_person(name, called, role) for name, (called, role) in PEOPLE.items()]
    await register(recorder, people)
    for content, text in TEXTS.items():
        await recorder.contents.put(
            content, text.encode(), kind="text", media_type="text/plain", stored_by="officer-1"
        )
    for part in (tell_round, tell_open_round, tell_submitted, deciding.tell_choice, deciding.tell_approving):
        await part(recorder)
    for number in ("0042", "0043", "0044"):
        await tell_panel(recorder, number)
    for number, steps in {"0200": DISPUTED, "0201": VISITED, "0202": MET, "0203": EXAMINED}.items():
        await retell(recorder, number, steps)


def _person(name: str, called: str, role: Role) -> NewPerson:
    identity = Identity(name=called, mail=f"{name}@synthetic.example")
    return NewPerson(person=name, roles={role: ()}, employer=f"employer-{name}", identity=identity)


if __name__ == "__main__":
    main()
