// Has a passkey sign what the page shows: statement, act and texts; and sends the signature as a form.

import { decode, encode } from "/static/bytes.js";

const form = document.getElementById("sign");
const button = form.querySelector("button");
const cancelled = document.getElementById("cancelled");
const altered = document.getElementById("altered");

class Altered extends Error {}

async function hash(...parts) {
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// RFC 8785: JSON.stringify writes strings and numbers as it asks, and sort() compares UTF-16 code units.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

// The hash of everything in an act that names a text or a file by it.
function hashesIn(value) {
  if (value === null || typeof value !== "object") return [];
  if (typeof value.id === "string" && typeof value.sha256 === "string") return [value.sha256];
  return Object.values(value).flatMap(hashesIn);
}

function read(...names) {
  return [...document.querySelectorAll(names.join(", "))].map((part) => part.textContent);
}

// The root of the tree over leaves (RFC 6962, section 2.1).
async function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return hash(Uint8Array.of(1), await rootOf(leaves.slice(0, left)), await rootOf(leaves.slice(left)));
}

// Many acts are signed by their list: how many there are, and the root over their statements.
async function listOf(statements) {
  const leaves = await Promise.all(statements.map((statement) => hash(Uint8Array.of(0), statement)));
  const root = hex(await rootOf(leaves));
  return `{"acts":${statements.length},"root":"${root}","version":1}`;
}

// What is signed is what stands on the page, and not what the server says beside it.
async function challengeOf(statements) {
  const challenge = await hash(statements.length === 1 ? statements[0] : await listOf(statements));
  if (encode(challenge) !== form.dataset.toSign) throw new Altered("statement");
  return challenge;
}

// Each act is the one of its statement; each text that they cite is shown, and each that is shown is cited.
async function checkShown(statements) {
  const commands = read("#command", ".command").map((command) => JSON.parse(command));
  if (commands.length !== statements.length) throw new Altered("acts");
  const cited = new Set();
  for (const [place, command] of commands.entries()) {
    const { stream, role, reason, digest } = JSON.parse(statements[place]);
    if ((hex(await hash(canonical({ stream, role, reason, command })))) !== digest) throw new Altered("act");
    for (const found of hashesIn([command, reason])) cited.add(found);
  }
  const shown = new Set();
  for (const part of document.querySelectorAll("[data-salt]")) {
    shown.add(hex(await hash(decode(part.dataset.salt), part.textContent)));
  }
  if ([...shown].some((found) => !cited.has(found))) throw new Altered("text");
  if (form.dataset.texts.split(" ").some((found) => found && !shown.has(found))) throw new Altered("text missing");
}

// The keys of whoever is signed in, so that the browser offers no others; none where one of them is not known by name.
function listOwn() {
  const names = form.dataset.credentials.split(" ").filter(Boolean);
  return names.map((name) => ({ type: "public-key", id: decode(name) }));
}

async function sign(event) {
  event.preventDefault();
  cancelled.hidden = altered.hidden = true;
  button.disabled = true;
  try {
    const statements = read("#statement", ".statement");
    await checkShown(statements);
    const { response } = await navigator.credentials.get({
      publicKey: {
        challenge: await challengeOf(statements),
        rpId: form.dataset.site,
        allowCredentials: listOwn(),
        userVerification: "required",
        timeout: 240_000,
      },
    });
    form.elements.signature.value = encode(response.signature);
    form.elements.authenticator_data.value = encode(response.authenticatorData);
    form.elements.client_data.value = encode(response.clientDataJSON);
    form.submit();
  } catch (fault) {
    (fault instanceof Altered || fault instanceof SyntaxError ? altered : cancelled).hidden = false;
    button.disabled = false;
  }
}

form.addEventListener("submit", sign);
// A page that the browser brings back may have been sent before.
window.addEventListener("pageshow", () => { button.disabled = false; });
form.hidden = false;
