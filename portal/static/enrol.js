// Makes a passkey for this site, and has it sign that it is to be its person's. The code of a first one signs beside it:
// it is a key itself, is in no field that is sent, and stays in this page.

import { decode, encode } from "/static/bytes.js";

const TIMEOUT = 240_000;
const make = document.getElementById("make");
const prove = document.getElementById("prove");
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ALIKE = { O: "0", I: "1", L: "1" };
const LENGTH = 26;
// Bytes of a handle at most (Web Authentication, 5.4.3), and random ones in it.
const HANDLE = 64;
const MARK = 9;
// What stands before the 32 bytes of an Ed25519 key in its envelope (PKCS #8, RFC 8410).
const ENVELOPE = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
let held = null;

class Fault extends Error {}

async function hash(text) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function showAlone(id) {
  for (const note of document.querySelectorAll("[role=alert][id]")) note.hidden = note.id !== id;
}

// A new passkey of the same person takes the place of an older one on the same device, unless the browser is told of it.
async function findHeld(site) {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const { rawId } = await navigator.credentials.get({
    publicKey: { challenge, rpId: site, userVerification: "required", timeout: TIMEOUT },
  });
  return [{ type: "public-key", id: rawId }];
}

// A handle like no other, where there is room: under the same one a new passkey would take an older one's place.
function handleOf(account) {
  const bytes = new TextEncoder().encode(account);
  const mark = new TextEncoder().encode(` ${encode(crypto.getRandomValues(new Uint8Array(MARK)))}`);
  return bytes.length + mark.length <= HANDLE ? Uint8Array.of(...bytes, ...mark) : bytes;
}

async function makeKey() {
  const { site, service, challenge, algorithms, person, called } = make.dataset;
  if (person) held ??= await findHeld(site);
  const account = person || make.elements.account.value.trim();
  if (!account) throw new Fault("account-missing");
  if (isCode(account)) throw new Fault("account-is-code");
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: decode(challenge),
      rp: { id: site, name: service },
      user: { id: handleOf(account), name: account, displayName: called || account },
      pubKeyCredParams: algorithms.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })),
      excludeCredentials: held ?? [],
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: TIMEOUT,
    },
  });
  make.elements.made_client_data.value = encode(response.clientDataJSON);
  make.elements.made_attestation.value = encode(response.attestationObject);
}

function lettersIn(typed) {
  const letters = [...typed.toUpperCase()].map((letter) => ALIKE[letter] ?? letter);
  return letters.filter((letter) => LETTERS.includes(letter)).join("");
}

function readCode(typed) {
  const code = lettersIn(typed);
  if (code.length !== LENGTH) throw new Fault("code-short");
  return code;
}

// The code of a letter in the place of the account: it would reach the server.
function isCode(account) {
  return lettersIn(account).length === LENGTH && /^[0-9A-Za-z]{5}([- ]?[0-9A-Za-z]{5}){4}[- ]?[0-9A-Za-z]$/.test(account);
}

// As selection/signing/one_time_code.py has it: names in order, written as JSON writes texts (RFC 8785).
async function signByCode(typed) {
  const { installation, person } = prove.dataset;
  const seed = await hash(JSON.stringify({ code: readCode(typed), installation, person, version: 1 }));
  const bytes = Uint8Array.of(...ENVELOPE, ...seed);
  const key = await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", false, ["sign"]).catch(() => {
    throw new Fault("code-unsupported");
  });
  const message = new TextEncoder().encode(document.getElementById("by-code").textContent);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
  return [...signature].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function proveKey() {
  const code = document.getElementById("code");
  if (code) prove.elements.token.value = await signByCode(code.value);
  const { site, credential, toSign } = prove.dataset;
  const challenge = await hash(document.getElementById("statement").textContent);
  if (encode(challenge) !== toSign) throw new Error("the page does not show what would be signed");
  const { response } = await navigator.credentials.get({
    publicKey: {
      challenge,
      rpId: site,
      allowCredentials: [{ type: "public-key", id: decode(credential) }],
      userVerification: "required",
      timeout: TIMEOUT,
    },
  });
  prove.elements.signature.value = encode(response.signature);
  prove.elements.authenticator_data.value = encode(response.authenticatorData);
  prove.elements.client_data.value = encode(response.clientDataJSON);
}

function run(form, work) {
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    showAlone("");
    button.disabled = true;
    try {
      await work();
      form.submit();
    } catch (error) {
      const known = error instanceof Fault ? error.message : "cancelled";
      showAlone(error.name === "InvalidStateError" ? "held" : known);
      button.disabled = false;
    }
  });
  // A page that the browser brings back may have been sent before.
  window.addEventListener("pageshow", () => { button.disabled = false; });
  form.hidden = false;
}

if (make) run(make, makeKey);
if (prove) run(prove, proveKey);
