// Checks a receipt (.tlog-proof) as docs/format.md has it: with WebCrypto alone, asking nobody.
// Whatever does not hold is a Refuted with a code, for which the page has a sentence.

export class Refuted extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const LARGEST = 100_000;
const HEADER = "c2sp.org/tlog-proof@v1";
const PLAIN = 1;
const DASH = "\u2014 ";
const KEY_ID = 4;
const HASH = 32;

const encoder = new TextEncoder();

function ensure(holds, code) {
  if (!holds) throw new Refuted(code);
}

function encode(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

// Base64 that is written in the one way it can be; anything else could hide a second reading.
function decode(text, code) {
  let plain = "";
  try {
    plain = atob(text);
  } catch {
    throw new Refuted(code);
  }
  const bytes = Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  ensure(encode(bytes) === text, code);
  return bytes;
}

function join(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function number(text, code) {
  ensure(/^(0|[1-9][0-9]{0,19})$/.test(text), code);
  return BigInt(text);
}

function isName(text) {
  // eslint-disable-next-line no-control-regex -- they are what is refused
  return text !== "" && !/[\s+\u0000-\u001f\u0085]/.test(text);
}

async function digest(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}

function keyId(name, point) {
  return digest(encoder.encode(`${name}\n`), [PLAIN], point).then((found) => found.slice(0, KEY_ID));
}

export async function readKey(text) {
  const [, name, stated, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  ensure(name !== undefined && isName(name), "key-unfit");
  const bytes = decode(encoded, "key-unfit");
  ensure(bytes.length === HASH + 1 && bytes[0] === PLAIN, "key-unfit");
  const point = bytes.slice(1);
  const id = [...(await keyId(name, point))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  ensure(id === stated, "key-unfit");
  return { name, point };
}

export function readHash(text) {
  const digits = text.replaceAll(/\s/g, "").toLowerCase();
  ensure(/^[0-9a-f]{64}$/.test(digits), "hash-unfit");
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

function readNote(text) {
  const cut = text.lastIndexOf("\n\n");
  // eslint-disable-next-line no-control-regex -- they are what is refused
  ensure(cut > 0 && text.endsWith("\n") && !/[\u0000-\u0009\u000b-\u001f]/.test(text), "file-unfit");
  const signatures = text
    .slice(cut + 2, -1)
    .split("\n")
    .map((line) => {
      const [name, encoded, ...more] = line.slice(DASH.length).split(" ");
      ensure(line.startsWith(DASH) && encoded && more.length === 0 && isName(name), "file-unfit");
      const bytes = decode(encoded, "file-unfit");
      ensure(bytes.length > KEY_ID, "file-unfit");
      return { name, id: bytes.slice(0, KEY_ID), signature: bytes.slice(KEY_ID) };
    });
  return { text: text.slice(0, cut + 1), signatures };
}

function readCheckpoint(text) {
  const [origin, size, root, end, ...more] = text.split("\n");
  ensure(origin && root !== undefined && end === "" && more.length === 0, "file-unfit");
  const bytes = decode(root, "file-unfit");
  ensure(bytes.length === HASH, "file-unfit");
  return { origin, size: number(size, "file-unfit"), root: bytes };
}

function readProof(text) {
  const cut = text.indexOf("\n\n");
  ensure(cut > 0, "file-unfit");
  const [header, index, ...hashes] = text.slice(0, cut).split("\n");
  ensure(header === HEADER && index?.startsWith("index "), "file-unfit");
  const path = hashes.map((line) => decode(line, "file-unfit"));
  ensure(path.every((hash) => hash.length === HASH), "file-unfit");
  const note = readNote(text.slice(cut + 2));
  return { index: number(index.slice(6), "file-unfit"), path, note, ...readCheckpoint(note.text) };
}

async function importPoint(point) {
  try {
    return await crypto.subtle.importKey("raw", point, { name: "Ed25519" }, false, ["verify"]);
  } catch (fault) {
    throw new Refuted(fault.name === "NotSupportedError" ? "no-ed25519" : "key-unfit");
  }
}

async function checkSignature(proof, key) {
  // A log's key has the log's name: that of the installation, a slash, and the log.
  const slash = proof.origin.lastIndexOf("/");
  ensure(slash > 0 && proof.origin.slice(0, slash) === key.name, "other-key");
  const id = await keyId(proof.origin, key.point);
  const own = proof.note.signatures.filter((line) => line.name === proof.origin && same(line.id, id));
  ensure(own.length > 0, "other-key");
  const point = await importPoint(key.point);
  for (const { signature } of own) {
    const holds = await crypto.subtle.verify("Ed25519", point, signature, encoder.encode(proof.note.text));
    ensure(holds, "signature-wrong");
  }
  return proof.origin.slice(slash + 1);
}

// The way from a leaf to the root, as RFC 6962 has it.
async function rootOf(leaf, { index, size, path }) {
  ensure(index < size, "not-in-log");
  const rest = [...path];
  let [node, at, last] = [leaf, index, size - 1n];
  while (last > 0n) {
    if (at & 1n || at < last) {
      const beside = rest.shift();
      ensure(beside !== undefined, "not-in-log");
      node = await (at & 1n ? digest([1], beside, node) : digest([1], node, beside));
    }
    at >>= 1n;
    last >>= 1n;
  }
  ensure(rest.length === 0, "not-in-log");
  return node;
}

function readText(bytes) {
  ensure(bytes.length <= LARGEST, "too-large");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refuted("file-unfit");
  }
}

// Returns the log and the place that a receipt's bytes prove for a hash, under a public key from outside.
export async function checkReceipt(bytes, hash, vkey) {
  ensure(globalThis.crypto?.subtle, "no-crypto");
  const proof = readProof(readText(bytes));
  const leaf = readHash(hash);
  const log = await checkSignature(proof, await readKey(vkey));
  ensure(same(await rootOf(leaf, proof), proof.root), "not-in-log");
  return { log, index: String(proof.index), size: String(proof.size) };
}
