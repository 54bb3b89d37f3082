"""Checking a receipt in the browser: true ones, spoilt ones, and that nothing is asked of anybody meanwhile.

What the page says is held against what `selection audit receipt` says of the same bytes.
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from audit.log.receipt import ReceiptRefuted, prove_receipt
from portal.wording.check import VERDICTS
from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.merkle import inclusion_proof, root_of
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of
from selection.transparency.note import COSIGNATURE, NoteInvalid, NoteSigner, Verifier
from selection.transparency.proof import LogProof, proof_of
from tests.audit.bundle.test_receipt import HASHES, INDEX, KEY, OTHER
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.running.servers import copy_database

VKEY = NoteSigner(KEY.name, KEY.seed).verifier.vkey
OTHER_VKEY = NoteSigner(OTHER.name, OTHER.seed).verifier.vkey
PROVEN = "proven"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True)
class Question:
    """What a visitor chooses and pastes, and the code of what the page says then."""

    says: str
    file: bytes
    hash: str = HASHES[INDEX].hex()
    key: str = VKEY


def receipt(index: int = INDEX, size: int = len(HASHES), log: str = "r1", **changed: object) -> LogProof:
    leaves = HASHES[:size]
    text = Checkpoint(origin=origin_of(KEY.name, log), size=size, root=root_of(leaves)).text
    note = signer_of(KEY.name, KEY.seed, log).sign(text)
    note = note.with_line(NoteSigner("witness.example", bytes([9] * 32), COSIGNATURE).line(text, at=1))
    proof = proof_of(inclusion_proof(leaves, index), index, note.encoded)
    return proof.model_copy(update=changed)


def true_ones() -> Iterator[Question]:
    for size in (1, 2, 3, 7, 8, 11):
        for index in {0, size // 2, size - 1}:
            yield Question(PROVEN, receipt(index, size).encoded.encode(), HASHES[index].hex())
    spaced = f"  {HASHES[INDEX].hex().upper()[:32]} {HASHES[INDEX].hex()[32:]}\n"
    yield Question(PROVEN, receipt().encoded.encode(), spaced, f"\n{VKEY}\n")


def change_bytes() -> Iterator[bytes]:
    """The receipt with a byte changed in each part of each line, cut off at each line, and with more behind it."""
    whole = receipt().encoded.encode()
    starts = [0, *(at + 1 for at, byte in enumerate(whole[:-1]) if byte == 10)]
    for start in starts:
        end = whole.index(b"\n", start)
        yield whole[:start]
        for at in {start, (start + end) // 2, end}:
            yield whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    yield whole[:-1]
    yield whole + b"\n"
    yield whole.replace(b"\n", b"\r\n")
    yield b"\xef\xbb\xbf" + whole


def list_spoilt() -> Iterator[Question]:
    """What can be read, and proves nothing."""
    plain, whole = receipt(), receipt().encoded.encode()
    swapped = (*plain.hashes[1:], plain.hashes[0])
    larger = plain.checkpoint.replace(f"\n{len(HASHES)}\n", f"\n{len(HASHES) + 1}\n")
    yield Question("not-in-log", whole, HASHES[INDEX + 1].hex())
    yield Question("not-in-log", receipt(hashes=swapped).encoded.encode())
    yield Question("not-in-log", receipt(hashes=plain.hashes[:-1]).encoded.encode())
    yield Question("not-in-log", receipt(hashes=(*plain.hashes, HASHES[0])).encoded.encode())
    yield Question("not-in-log", replace_index(plain, INDEX - 1))
    yield Question("not-in-log", replace_index(plain, len(HASHES)))
    yield Question("signature-wrong", receipt(checkpoint=larger).encoded.encode())
    yield Question("signature-wrong", whole.replace(root_line(plain), base64.b64encode(bytes(32))))
    yield Question("other-key", whole, key=OTHER_VKEY)
    yield Question("other-key", whole, key=NoteSigner("selection.other", KEY.seed).verifier.vkey)
    yield Question("other-key", receipt(log="r1/r2").encoded.encode())


def unfit() -> Iterator[Question]:
    """What cannot be read, or is too much."""
    plain, whole = receipt(), receipt().encoded.encode()
    huge = plain.encoded.replace(f"index {INDEX}\n", f"index {'9' * 5000}\n")
    other_root = plain.checkpoint.replace(base64.b64encode(HASHES[0]).decode(), "")
    for key in (
        "",
        "x",
        VKEY[:-1],
        VKEY.replace("+", "-"),
        VKEY[:-2] + "A=",
        f"{VKEY} {VKEY}",
        OTHER_VKEY[:30],
    ):
        yield Question("key-unfit", whole, key=key)
    for digits in ("", "00", "g" * 64, HASHES[INDEX].hex() + "00", "\uff10" * 64):
        yield Question("hash-unfit", whole, digits)
    for file in (
        b"",
        b"{}",
        b'{"index": 5}',
        b"\xff\xfe" + whole,
        bytes(1000),
        other_root.encode(),
        huge.encode(),
    ):
        yield Question("file-unfit", file)
    lines = plain.encoded.split("\n")
    for line in (lines[2], root_line(plain).decode(), lines[-3].rpartition(" ")[2]):
        yield Question("file-unfit", plain.encoded.replace(line, with_stray_bits(line)).encode())
    yield Question("too-large", whole + b"x" * 100_000)


SIGNED = receipt().encoded.encode().partition("— witness".encode())[0]


def with_stray_bits(encoded: str) -> str:
    """The same bytes in base64 that nobody writes: with bits set that stand for none."""
    assert encoded[-1] == "=" != encoded[-2]
    return encoded[:-2] + DIGITS[DIGITS.index(encoded[-2]) ^ 1] + "="


def replace_index(proof: LogProof, index: int) -> bytes:
    return proof.model_copy(update={"index": index}).encoded.encode()


def root_line(proof: LogProof) -> bytes:
    return proof.checkpoint.split("\n")[2].encode()


def is_proven(asked: Question) -> bool:
    """What the command says of the same bytes."""
    with suppress(ReceiptRefuted, NoteInvalid, ValueError):
        leaf = bytes.fromhex(asked.hash)
        return len(leaf) == 32 and bool(prove_receipt(asked.file.decode(), leaf, Verifier.parse(asked.key)))
    return False


async def fill_in_and_check(tab: Tab, asked: Question) -> str:
    """Choose, paste and press as a visitor does; return the code of what is said, which must be one sentence."""
    page = tab.page
    chosen = {"name": "act.tlog-proof", "mimeType": "text/plain", "buffer": asked.file}
    await page.set_input_files("#receipt", chosen)  # type: ignore[arg-type]
    await page.fill("#hash", asked.hash)
    await page.fill("#key", asked.key)
    await page.evaluate("delete document.getElementById('verdict').dataset.code")
    await page.click("#check button")
    await page.locator("#verdict[data-code]:not([hidden])").wait_for()
    said = await page.locator("#verdict [data-says]:visible").evaluate_all(
        "all => all.map(one => one.dataset.says)"
    )
    code = await page.locator("#verdict").get_attribute("data-code")
    assert said == [code]
    return code or ""


CHECK_ALL = """async (all) => {
    const { checkReceipt } = await import("/static/receipt.js");
    const said = [];
    for (const [file, hash, key] of all) {
        const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
        said.push(await checkReceipt(bytes, hash, key).then(() => "proven", (fault) => fault.code ?? `${fault}`));
    }
    return said;
}"""


async def check_all(tab: Tab, asked: list[Question]) -> list[str]:
    """Return what the page's own script says of each."""
    told = [(base64.b64encode(one.file).decode(), one.hash, one.key) for one in asked]
    found: list[str] = await tab.page.evaluate(CHECK_ALL, told)
    return found


async def test_receipts_are_checked_in_the_browser_without_asking_anybody(
    tab: Tab, server: EmbeddedPostgres
) -> None:
    complaints, page = listen(tab), tab.page
    async with serve_portal(await copy_database(server.url, "migrated")) as origin:
        await page.goto(f"{origin}/check?lang=en")
        await page.locator("#check").wait_for()
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        await page.click("#check button")
        await page.locator("#verdict[data-code=file-missing]").wait_for()
        known = [*true_ones(), *list_spoilt(), *unfit()]
        for asked, said in zip(known, await check_all(tab, known), strict=True):
            assert (said, is_proven(asked)) == (asked.says, asked.says == PROVEN), asked
        changed = [Question("", file) for file in change_bytes()]
        for asked, said in zip(changed, await check_all(tab, changed), strict=True):
            assert (said == PROVEN) == is_proven(asked), asked
            assert said in VERDICTS, asked
            # Who knows no key of the witness passes over its line, which stands at the end.
            assert said != PROVEN or asked.file.startswith(SIGNED), asked
        whole = receipt().encoded.encode()
        assert await fill_in_and_check(tab, Question("", whole + bytes(100_000))) == "too-large"
        assert await fill_in_and_check(tab, Question("", whole, HASHES[0].hex())) == "not-in-log"
        assert await fill_in_and_check(tab, Question("", whole)) == PROVEN
        assert await page.locator("#proven-facts dd").all_text_contents() == [
            "r1",
            str(INDEX),
            str(len(HASHES)),
        ]
        # A browser of before 2025 has no Ed25519; on a page without TLS there is no cryptography at all.
        await page.evaluate("""() => { crypto.subtle.importKey = async () => {
            throw new DOMException('', 'NotSupportedError') } }""")
        assert await fill_in_and_check(tab, Question("", whole)) == "no-ed25519"
        await page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
        assert await fill_in_and_check(tab, Question("", whole)) == "no-crypto"
        assert requested == []
    assert complaints == []


async def test_without_javascript_the_page_says_how_to_check(tab: Tab, server: EmbeddedPostgres) -> None:
    browser = tab.page.context.browser
    assert browser is not None
    context = await browser.new_context(java_script_enabled=False)
    async with serve_portal(await copy_database(server.url, "migrated")) as origin:
        page = await context.new_page()
        await page.goto(f"{origin}/check?lang=en")
        assert await page.locator("noscript p").is_visible()
        assert await page.get_by_text("selection audit receipt").is_visible()
        assert not await page.locator("#check").is_visible()
    await context.close()
