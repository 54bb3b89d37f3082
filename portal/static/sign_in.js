// Has a passkey sign the question of the page, and sends the answer as a form.

import { decode, encode } from "/static/bytes.js";

function readHandle(handle) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(handle ?? new Uint8Array());
    // What follows a blank makes the handle like no other.
    return text.length <= 100 ? text.split(" ")[0] : "";
  } catch {
    return "";
  }
}

const form = document.getElementById("passkey");
const button = form?.querySelector("button");

async function signIn(event) {
  event.preventDefault();
  document.getElementById("cancelled").hidden = true;
  button.disabled = true;
  try {
    const { response } = await navigator.credentials.get({
      publicKey: {
        challenge: decode(form.dataset.toSign),
        rpId: form.dataset.site,
        userVerification: "required",
        timeout: 240_000,
      },
    });
    form.elements.person.value = form.elements.account.value ? "" : readHandle(response.userHandle);
    form.elements.signature.value = encode(response.signature);
    form.elements.authenticator_data.value = encode(response.authenticatorData);
    form.elements.client_data.value = encode(response.clientDataJSON);
    form.submit();
  } catch {
    document.getElementById("cancelled").hidden = false;
    button.disabled = false;
  }
}

form?.addEventListener("submit", signIn);
