"""A person signs in Chromium what the page shows, and the machine that decides takes it as theirs."""

import json
from statistics import median

from selection.decision.machine import KEY
from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.proof import WebAuthnSignature
from selection.signing.base64 import decode
from selection.signing.statement import statement_of
from tests.browser.conftest import SIGNED_IN_A_BROWSER
from tests.browser.support.chromium import Tab
from tests.browser.support.review import EXPERT, prepare
from tests.browser.support.signing import Answer, Text, ask, sign
from tests.browser.support.site import Site
from tests.run_properties import Tell

KNOWN = {"type", "challenge", "origin", "crossOrigin"}
"""The members of an assertion's client data that are defined (Web Authentication, level 2, section 5.8.1)."""
TEXT = Text("技术路线清楚。\nThe plan is sound — “feasible” by 2026, I think. 😀", salt=bytes(range(16)))


async def test_what_a_person_signs_in_the_browser_is_recorded_as_theirs(tab: Tab, site: Site) -> None:
    review, passkey = await prepare(tab, site)
    message = review.submit(TEXT.ref)
    assert review.refuse(message) == "unsigned"
    ask(site, message, review.terms, passkey, TEXT)
    await tab.open(site.address())
    assert await tab.where.locator("blockquote").text_content() == TEXT.words
    signed = await sign(tab, review.terms, passkey)
    outcome = review.decide(review.submit(TEXT.ref, signed.proof))
    assert outcome.refused is None
    leaf = outcome.leaves[0]
    assert leaf.signed is not None
    assert (leaf.actor.authority, leaf.signed.proof) == (KEY, signed.proof)


async def test_the_page_computes_the_statement_to_the_byte(tab: Tab, site: Site) -> None:
    review, passkey = await prepare(tab, site)
    reason = Text("a reason", id="reason")
    odd = {
        "kind": "no-such-act",
        "": [],
        "中": {"z": None, "A": [True, 0, -7, 10**15]},
        "é\u2028": '"\\\t\u0001/',
        "😀": TEXT.ref.id,
    }
    message = review.submit(TEXT.ref).model_copy(
        update={
            "command": odd,
            "actor": Actor(person=EXPERT, role=Role.EXPERT, reason=reason.ref),
        }
    )
    ask(site, message, review.terms, passkey, reason)
    await tab.open(site.address())
    signed = await sign(tab, review.terms, passkey)
    assert signed.statement == statement_of(message.intent, signed.proof)


async def test_members_that_chromium_adds_to_the_client_data_do_no_harm(
    tab: Tab, site: Site, record_property: Tell
) -> None:
    """Chromium adds one at random, about every fifth time, so that nobody compares the text with a template."""
    review, passkey = await prepare(tab, site)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    await tab.open(site.address())
    answers: dict[bool, list[Answer]] = {True: [], False: []}
    while not (all(answers.values()) and sum(map(len, answers.values())) >= 20):
        assert sum(map(len, answers.values())) < 300, answers.keys()
        signed = await sign(tab, review.terms, passkey)
        assert review.decide(review.submit(TEXT.ref, signed.proof)).refused is None
        answers[not members_of(signed) <= KNOWN].append(signed)
    record_property(SIGNED_IN_A_BROWSER, figures([*answers[True], *answers[False]]))


def members_of(signed: Answer) -> set[str]:
    assert isinstance(signed.proof.signature, WebAuthnSignature)
    return set(json.loads(decode(signed.proof.signature.client_data)))


def figures(signed: list[Answer]) -> str:
    """How long the browser took, and what is stored."""
    took, sizes = [one.milliseconds for one in signed], [len(canonical_bytes(one.proof)) for one in signed]
    return (
        f"{median(took):.1f} ms (median of {len(took)}; {min(took):.1f} to {max(took):.1f}), "
        f"statement {len(signed[0].statement)} bytes, stored proof {min(sizes)} to {max(sizes)} bytes"
    )
