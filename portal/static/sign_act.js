// Has a passkey sign the statement that the page shows, and sends the signature as a form.

function encode(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const form = document.getElementById("sign");
const button = form.querySelector("button");
const cancelled = document.getElementById("cancelled");

// What is signed is what stands on the page, and not what the server says beside it.
async function challengeOfShown() {
  const shown = new TextEncoder().encode(document.getElementById("statement").textContent);
  const challenge = await crypto.subtle.digest("SHA-256", shown);
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
