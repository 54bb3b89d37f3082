// Has a passkey sign the statement that the page shows, and sends the signature as a form.

import { encode } from "/static/bytes.js";

const form = document.getElementById("sign");
const button = form.querySelector("button");
const cancelled = document.getElementById("cancelled");

async function hash(...parts) {
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
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
  const root = [...(await rootOf(leaves))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `{"acts":${statements.length},"root":"${root}","version":1}`;
}

// What is signed is what stands on the page, and not what the server says beside it.
async function challengeOfShown() {
  const shown = [...document.querySelectorAll("#statement, .statement")].map((part) => part.textContent);
  const challenge = await hash(shown.length === 1 ? shown[0] : await listOf(shown));
  if (encode(challenge) !== form.dataset.toSign) throw new Error("the page does not show what would be signed");
  return challenge;
}

async function sign(event) {
  event.preventDefault();
  cancelled.hidden = true;
  button.disabled = true;
  try {
    const { response } = await navigator.credentials.get({
      publicKey: {
        challenge: await challengeOfShown(),
        rpId: form.dataset.site,
        userVerification: "required",
        timeout: 240_000,
      },
    });
    form.elements.signature.value = encode(response.signature);
    form.elements.authenticator_data.value = encode(response.authenticatorData);
    form.elements.client_data.value = encode(response.clientDataJSON);
    form.submit();
  } catch {
    cancelled.hidden = false;
    button.disabled = false;
  }
}

form.addEventListener("submit", sign);
// A page that the browser brings back may have been sent before.
window.addEventListener("pageshow", () => { button.disabled = false; });
form.hidden = false;
