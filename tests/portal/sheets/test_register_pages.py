"""What the command line reads of the register, checkpoints, papers and changes, in pages: to whom, and what."""

import re

import pytest

from ledger.record import Ledger
from selection.decision.aggregate import ActRefused
from selection.forms.built_in import find_form
from selection.forms.changing.field_map import FieldChange
from selection.register.unit_commands import RegisterUnits, UnitEntry
from selection.streams import round_stream
from starter.rounds.amending import Amendment
from tests.ledger.test_exporting import sign
from tests.portal.conftest import sign_in
from tests.portal.support.browsing import OWN, Browser
from tests.reading.streams import MAIN, UNIT
from tests.registering import act_on_register
from tests.selection import story
from tests.selection.story import Story

PLACE = MAIN.stream.partition("/")[2]
EVERYONE = {"/units", "/ties", f"/units/{UNIT}", "/check/paper", f"/rounds/{story.ROUND}/forms"}


@pytest.mark.parametrize(
    ("person", "more"),
    [
        ("admin-1", {"/people", "/keys/everyone"}),
        ("auditor-1", set()),
        ("stranger-1", set()),
    ],
)
async def test_who_reads_the_register(
    browser: Browser, recorder: Ledger, person: str, more: set[str]
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, person)
    for path in (*EVERYONE, "/people", "/keys/everyone"):
        status = (await browser.open(path)).status_code
        assert status == (200 if path in EVERYONE | more else 404), path
    await browser.open("/ties")
    assert ("/do/declare-tie" in browser.links) is (person != "stranger-1")
    await browser.open("/do")
    assert {"/units", "/people", "/keys/everyone"} & set(browser.links) == {"/units", *more}


async def test_people_are_listed_by_role_with_their_names_and_without_addresses(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, "admin-1")
    await browser.open("/people?role=auditor")
    assert "auditor-1" in browser.text
    assert "officer-1" not in browser.text
    assert "Nm-auditor-1 auditor-1" in browser.text
    assert "ml-auditor-1" not in browser.page
    await browser.open("/people?q=nm-officer-1")
    assert "Nm-officer-1" in browser.text
    assert "Nm-auditor-1" not in browser.text


async def test_of_a_form_that_changed_what_did_stands_first(
    officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = find_form(story.RULES.forms, "application")
    assert form is not None
    codes = [*form.by_code]
    changes = (
        *(FieldChange(code, code, "kept") for code in codes[:-1]),
        FieldChange(codes[-1], codes[-1], "reworded"),
    )
    later = form.with_(version="9.9.9")
    amended = Amendment({"form_name": "application"}, "Plainer", form, later, changes)

    async def tell(*_: object) -> tuple[Amendment, ...]:
        return (amended,)

    monkeypatch.setattr("portal.pages.changes.list_amendments", tell)
    await officer.open(f"/rounds/{story.ROUND}/forms")
    assert f": version {form.version} to {later.version}" in officer.text
    first, _, folded = officer.page.partition("<details>")
    assert ("reworded" in first, "kept" in first, "reworded" in folded) == (True, False, False)
    assert f"{len(codes) - 1} questions unchanged" in folded


async def test_on_a_local_installation_pages_of_keys_say_that_nobody_needs_one(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, "admin-1")
    for page in ("/keys", "/keys/new", "/keys/confirm"):
        await browser.open(page)
        assert "nobody needs a key" in browser.text, page
        assert "Make the passkey" not in browser.text
    await browser.open("/keys/everyone")
    assert "No key is registered yet." in browser.text
    await browser.open("/keys/everyone?q=nobody-at-all")
    assert "No key fits this search." in browser.text


async def test_usual_kinds_of_units_are_named_and_others_told_as_they_are(
    browser: Browser, recorder: Ledger
) -> None:
    kinds = {"99SYNTHWORKS": "enterprise", "99SYNTHCAMPUS": "university", "99SYNTHMUSEUM": "museum"}
    units = tuple(UnitEntry(code=code, name_en=code, kind=kind) for code, kind in kinds.items())
    await act_on_register(recorder, RegisterUnits(units=units), command_id="more-units")
    await sign_in(browser, recorder, "stranger-1")
    told = {"en": ("company", "university", "museum"), "zh": ("企业", "高等院校", "museum")}
    for language, names in told.items():
        await browser.open(f"/language/{language}")
        await browser.open("/units")
        for code, name in zip(kinds.values(), names, strict=True):
            assert f'<option value="{code}">{name}</option>' in browser.page
            assert f">{name}</td>" in browser.page
        await browser.open("/units?kind=enterprise")
        assert "99SYNTHWORKS" in browser.text
        assert "99SYNTHCAMPUS" not in browser.text
        await browser.open("/units/99SYNTHWORKS")
        assert browser.text.count(names[0]) == 2
        assert "enterprise" not in browser.text


async def test_checkpoints_are_for_everyone(browser: Browser, recorder: Ledger) -> None:
    await browser.speak("en")
    assert (await browser.open("/checkpoints")).status_code == 200
    for size in ("1", "x", "9" * 20):
        assert (await browser.open(f"/checkpoints/{story.ROUND}/{size}")).status_code == 404


async def test_a_round_to_come_is_not_named_by_its_log_to_visitors(
    browser: Browser, recorder: Ledger
) -> None:
    to_come = "third-batch-2099"
    refused = ActRefused(kind="open-round", code="rules-invalid", params={})
    told = Story(round_stream(to_come)).tell(story.OFFICER, refused)
    await recorder.record.append(to_come, told.stream, told.leaves)
    await sign(recorder, to_come, story.ROUND)
    (of_round,) = await recorder.checkpoints.list_stored(story.ROUND, limit=1)
    seen = (f"/checkpoints/{to_come}/1", f"/checkpoints/{story.ROUND}/{of_round.size}")
    await browser.open("/checkpoints")
    assert to_come not in browser.text
    assert f"{story.RULES.title.zh} {story.ROUND}" in browser.text
    assert [(await browser.open(path)).status_code for path in seen] == [404, 200]
    await sign_in(browser, recorder, "auditor-1")
    await browser.open("/checkpoints")
    assert to_come in browser.text
    assert [(await browser.open(path)).status_code for path in seen] == [200, 200]


async def test_a_paper_leads_back_to_its_entry_and_a_forged_one_is_told(
    officer: Browser, recorder: Ledger
) -> None:
    entry = (await recorder.reading.stream_entries(MAIN.stream))[0]
    code = f"selection:{MAIN.stream}@{entry.seq}"
    await officer.open(f"/check/paper?code={code}%23{entry.leaf_hash.hex()}")
    assert "with the hash on the paper" in officer.text
    await officer.open(f"/check/paper?code={code}%23{'00' * 32}")
    assert "the paper was forged, or the record was changed" in officer.text
    await officer.open("/check/paper?code=nothing")
    assert "no code of a paper" in officer.text
    await officer.open(f"/check/paper?code=selection:{MAIN.stream}@999999")
    assert "holds no such entry" in officer.text


async def test_what_is_no_paper_of_the_round_is_told(officer: Browser) -> None:
    await officer.open("/check/paper")
    assert (await officer.send("/check/paper", {"round": story.ROUND})).status_code == 422
    token = re.findall(r'name="form_token" value="([^"]*)"', officer.page)[0]
    files = {"paper": ("paper.pdf", b"%PDF-1.7 made up", "application/pdf")}
    answer = await officer.client.post(
        "/check/paper", data={"form_token": token, "round": story.ROUND}, files=files, headers=OWN
    )
    assert answer.status_code == 200
    assert "No paper of this round" in answer.text


async def test_versions_that_do_not_show_are_hidden(officer: Browser, recorder: Ledger) -> None:
    path = f"/applications/{PLACE}/changes"
    assert (await officer.open(path)).status_code == 200
    assert "Version 3 compared with version" in officer.text
    assert (await officer.open(f"{path}?old=1&new=99")).status_code == 404
    await sign_in(officer, recorder, "stranger-1")
    assert (await officer.open(path)).status_code == 404
