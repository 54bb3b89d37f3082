// Sends a chosen file in pieces (tus 1.0), and goes on where it broke off: after a lost connection by itself, after the
// end of a session once its person signed in again, on another day once they chose the same file again.
"use strict";

const box = document.getElementById("upload");
const state = document.getElementById("upload-state");
const bar = document.getElementById("upload-progress");
const goOn = document.getElementById("upload-go-on");
const cancel = document.getElementById("upload-cancel");
const chosen = document.getElementById("file");
const form = chosen.form;
const begun = document.getElementById("begun");

const PIECE = 256 * 1024;
const AT_ONCE = 4 * PIECE;
const LONGEST = 30_000;
const TOLD_EACH = 25;
// Who does not answer by then is taken for away, and asked again. Longer than the portal lets a piece be on its way over
// a slow line (portal/routing.py).
const ANSWERS_WITHIN = 150_000;

// Why the upload stops: `code` is the sentence that says so, `retry` whether it can go on.
class Stopped extends Error {
  constructor(code, { sentence = box.dataset[code], goesOn = false } = {}) {
    super(code);
    this.sentence = sentence;
    this.goesOn = goesOn;
  }
}

class Broken extends Error {}

let address = begun === null ? "" : `/uploads/${begun.dataset.upload}`;
let stopping;
let told;

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

// A reader is told each quarter; the bar shows all of it.
function showProgress(file, offset) {
  const percent = Math.floor((offset / file.size) * 100);
  bar.value = percent;
  const quarter = Math.floor(percent / TOLD_EACH) * TOLD_EACH;
  if (quarter === told) return;
  told = quarter;
  say(box.dataset.sending.replace("{name}", file.name).replace("{percent}", quarter));
}

async function ask(signal, path, method, headers = {}, body = undefined) {
  const token = form.elements.form_token.value;
  const all = { "Tus-Resumable": "1.0.0", "Form-Token": token, ...headers };
  const late = new AbortController();
  const giveUp = () => late.abort();
  const limit = setTimeout(giveUp, ANSWERS_WITHIN);
  signal.addEventListener("abort", giveUp);
  let answer;
  try {
    signal.throwIfAborted();
    answer = await fetch(path, { method, headers: all, body, redirect: "manual", signal: late.signal });
  } catch (fault) {
    throw signal.aborted ? fault : new Broken();
  } finally {
    clearTimeout(limit);
    signal.removeEventListener("abort", giveUp);
  }
  // Who is signed in no more is led away; a form of an earlier session is refused.
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Stopped("ended", { goesOn: true });
  if (answer.status >= 500 || answer.status === 408) throw new Broken();
  return answer;
}

async function hash(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// What the server says of what it has: the hash over those of the pieces.
async function seenOf(file, end) {
  const hashes = [];
  for (let start = 0; start < end; start += PIECE) {
    hashes.push(await hash(await file.slice(start, Math.min(start + PIECE, end)).arrayBuffer()));
  }
  const over = await hash(await new Blob(hashes).arrayBuffer());
  return [...over].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// How much of this very file is there; null where there is nothing of it.
async function findOffset(signal, file) {
  if (!address) return null;
  const answer = await ask(signal, address, "HEAD");
  if (!answer.ok || Number(answer.headers.get("Upload-Length")) !== file.size) return null;
  const offset = Number(answer.headers.get("Upload-Offset"));
  return (await seenOf(file, offset)) === answer.headers.get("Upload-Seen") ? offset : null;
}

async function begin(signal, file) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const answer = await ask(signal, box.dataset.address, "POST", {
    "Upload-Length": String(file.size),
    "Upload-Metadata": `filename ${name}`,
  });
  if (!answer.ok) throw new Stopped("failed", await answer.json().catch(() => ({})));
  address = answer.headers.get("Location");
  return 0;
}

async function sendFrom(signal, file, first) {
  let offset = first;
  showProgress(file, offset);
  while (offset < file.size) {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    const answer = await ask(signal, address, "PATCH", headers, file.slice(offset, offset + AT_ONCE));
    if (answer.status === 404) throw new Stopped("replaced", { goesOn: true });
    if (!answer.ok && answer.status !== 409) throw new Stopped("failed");
    // Another window sends the same file: this one goes on behind what came from there.
    if (answer.ok) document.dispatchEvent(new Event("answered"));
    offset = answer.ok ? Number(answer.headers.get("Upload-Offset")) : await findOffset(signal, file);
    if (offset === null) throw new Stopped("replaced", { goesOn: true });
    showProgress(file, offset);
  }
}

function sleep(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

// `known` is whether the upload was this page's own before it broke off: one that is gone is not begun again unasked.
async function send(signal, file, known) {
  let pause = 1_000;
  for (let ours = known; ; ours = true) {
    const before = bar.value;
    try {
      const offset = await findOffset(signal, file);
      if (offset === null && ours && address) throw new Stopped("replaced", { goesOn: true });
      await sendFrom(signal, file, offset ?? (await begin(signal, file)));
      return;
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault;
      told = undefined;
      if (bar.value > before) pause = 1_000;
      else say(box.dataset.waiting);
      await sleep(pause);
      signal.throwIfAborted();
      pause = Math.min(pause * 2, LONGEST);
    }
  }
}

function personOn(page) {
  return page.querySelector(".who span")?.textContent;
}

// The form's token is the session's: who signed in anew has another. If that is somebody else, nothing is theirs.
async function renew(signal) {
  const answer = await ask(signal, location.pathname, "GET");
  const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = shown.querySelector("[name=form_token]");
  if (personOn(shown) !== personOn(document)) throw new Stopped("ended", { goesOn: true });
  if (token !== null) form.elements.form_token.value = token.value;
}

// As if the button "Use this file" had been pressed.
function use() {
  const button = document.createElement("button");
  button.name = "do";
  button.value = `use:${address.split("/").pop()}`;
  button.hidden = true;
  form.append(button);
  chosen.disabled = true;
  form.requestSubmit(button);
}

async function run(file, known) {
  stopping = new AbortController();
  const { signal } = stopping;
  told = undefined;
  goOn.hidden = true;
  cancel.hidden = false;
  box.hidden = false;
  try {
    if (known) await renew(signal);
    await send(signal, file, known);
    say(box.dataset.checking);
    use();
  } catch (fault) {
    if (signal.aborted) return;
    say(fault instanceof Stopped ? fault.sentence : box.dataset.failed);
    goOn.hidden = !fault.goesOn;
    if (fault.message === "replaced") address = "";
    if (fault.goesOn) goOn.focus();
    else cancel.hidden = true;
  }
}

form.addEventListener("submit", (event) => {
  const [file] = chosen.files;
  if (event.submitter?.value !== "send" || !file || file.size === 0) return;
  event.preventDefault();
  run(file, false);
});
goOn.addEventListener("click", () => run(chosen.files[0], true));
cancel.addEventListener("click", async () => {
  stopping.abort();
  const ended = address;
  address = "";
  begun?.remove();
  bar.value = 0;
  goOn.hidden = true;
  cancel.hidden = true;
  say(box.dataset.cancelled);
  chosen.focus();
  if (ended) await ask(new AbortController().signal, ended, "DELETE").catch(() => null);
});
// A page that the browser brings back takes another file.
window.addEventListener("pageshow", () => { chosen.disabled = false; });
const same = document.getElementById("same");
if (same) same.hidden = false;
