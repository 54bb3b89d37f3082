"""What a page, a server or another site could try with a person's passkey, in the same browser."""

import pytest
from fido2 import cbor
from fido2.webauthn import AttestationObject

from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.key import Key, key_id
from selection.signing.registration import Passkey
from tests.browser.support.chromium import PageRefused, Tab
from tests.browser.support.review import EXPERT, Review, prepare
from tests.browser.support.signing import NewPasskey, Text, ask, make_passkey, register, sign
from tests.browser.support.site import Site

TEXT = Text("The plan is sound.")
SWAPPED = Text("The plan is not sound.")
UNVERIFIED = """() => {
  const get = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = ({ publicKey }) =>
    get({ publicKey: { ...publicKey, userVerification: "discouraged" } });
}"""
"""What a page that was tampered with does: it lets a key sign without its person."""


def enrol_all_the_same(made: NewPasskey) -> Passkey:
    """Return a passkey of whatever site as one of ours, as a register would hold it that nobody checks."""
    credential = AttestationObject(made.attestation).auth_data.credential_data
    assert credential is not None
    public = cbor.encode(dict(credential.public_key))
    key = Key(key=key_id(public), scheme="webauthn", public=encode(public), site="localhost")
    return Passkey(key=key, credential=encode(credential.credential_id))


async def test_a_page_signs_no_text_but_the_one_that_it_shows(tab: Tab, site: Site) -> None:
    review, passkey = await prepare(tab, site)
    for shown in ([SWAPPED], [], [TEXT, SWAPPED]):
        ask(site, review.submit(TEXT.ref), review.terms, passkey, *shown)
        await tab.open(site.address())
        with pytest.raises(PageRefused, match="what is shown is not what would be signed"):
            await sign(tab, review.terms, passkey)


async def test_a_signature_counts_for_nothing_but_what_was_signed(tab: Tab, site: Site) -> None:
    review, passkey = await prepare(tab, site)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    await tab.open(site.address())
    signed = await sign(tab, review.terms, passkey)
    assert review.decide(review.submit(TEXT.ref, signed.proof)).refused is None
    assert review.refuse(review.submit(SWAPPED.ref, signed.proof)) == "signature-wrong"
    other = Review("0002")
    other.keys = review.keys
    assert other.refuse(other.submit(TEXT.ref, signed.proof)) == "signature-wrong"
    review.keys = {"expert-2": (passkey.key,)}
    assert review.refuse(review.submit(TEXT.ref, signed.proof)) == "signature-key"


@pytest.mark.parametrize("host", ["127.0.0.1", "other.localhost"])
async def test_a_page_elsewhere_can_neither_make_nor_use_a_passkey_of_the_site(
    tab: Tab, site: Site, host: str
) -> None:
    review, passkey = await prepare(tab, site)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    await tab.open(site.address(host))
    with pytest.raises(PageRefused, match="SecurityError"):
        await sign(tab, review.terms, passkey)
    with pytest.raises(PageRefused, match="SecurityError"):
        await register(tab, site, host, "localhost")


async def test_a_passkey_of_another_site_does_not_count_here(tab: Tab, site: Site) -> None:
    made = await register(tab, site, "other.localhost", "other.localhost")
    with pytest.raises(Refused, match="registration-wrong"):
        made.read()
    passkey = enrol_all_the_same(made)
    review = Review()
    review.keys[EXPERT] = (passkey.key,)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    site.task["passkey"]["site"] = "other.localhost"
    await tab.open(site.address("other.localhost"))
    signed = await sign(tab, review.terms, passkey)
    assert review.refuse(review.submit(TEXT.ref, signed.proof)) == "signature-wrong"


async def test_a_signature_does_not_count_from_a_page_that_another_site_frames(tab: Tab, site: Site) -> None:
    review, passkey = await prepare(tab, site)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    await tab.open_framed(site.address("other.localhost", "framed.html"), site.address())
    signed = await sign(tab, review.terms, passkey)
    assert review.refuse(review.submit(TEXT.ref, signed.proof)) == "signature-wrong"


async def test_an_authenticator_that_does_not_recognise_its_person_does_not_sign(
    tab: Tab, site: Site
) -> None:
    review, passkey = await prepare(tab, site)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    await tab.recognise_nobody()
    await tab.open(site.address())
    with pytest.raises(PageRefused, match="NotAllowedError"):
        await sign(tab, review.terms, passkey)
    with pytest.raises(PageRefused, match="NotAllowedError"):
        await make_passkey(tab, site)


async def test_a_signature_without_its_person_does_not_count(tab: Tab, site: Site) -> None:
    review, passkey = await prepare(tab, site)
    ask(site, review.submit(TEXT.ref), review.terms, passkey, TEXT)
    await tab.recognise_nobody()
    await tab.open(site.address())
    await tab.page.evaluate(UNVERIFIED)
    signed = await sign(tab, review.terms, passkey)
    assert review.refuse(review.submit(TEXT.ref, signed.proof)) == "signature-wrong"
