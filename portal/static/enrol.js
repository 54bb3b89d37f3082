// Makes a passkey for this site, and has it sign that it is to be its person's.

const TIMEOUT = 240_000;
const make = document.getElementById("make");
const prove = document.getElementById("prove");
let held = null;

function encode(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

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

async function makeKey() {
  const { site, service, challenge, algorithms, person, called } = make.dataset;
  if (person) held ??= await findHeld(site);
  const account = person || make.elements.account.value.trim();
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: decode(challenge),
      rp: { id: site, name: service },
      user: { id: new TextEncoder().encode(account), name: account, displayName: called || account },
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

async function proveKey() {
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
      showAlone(error.name === "InvalidStateError" ? "held" : "cancelled");
      button.disabled = false;
    }
  });
  // A page that the browser brings back may have been sent before.
  window.addEventListener("pageshow", () => { button.disabled = false; });
  form.hidden = false;
}

if (make) run(make, makeKey);
if (prove) run(prove, proveKey);
