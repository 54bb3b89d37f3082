// The total of scores while typing, fields that another answer asks for, and the draft as one leaves the page.

const form = document.querySelector("form.draft");
const state = document.getElementById("draft-state");
const total = document.getElementById("total");
const discard = document.getElementById("discard");
const PAUSE = 10_000;
// Who types without a pause is not kept waiting for one.
const LONGEST_WAIT = 30_000;
const OUTLIVES = 60_000;
// Who does not answer by then is taken for away: what was typed is not saved, and a button that waits for it goes on.
// Longer than the portal lets a form be on its way over a slow line (portal/routing.py).
const ANSWERS_WITHIN = 150_000;
const SCORE = /^[0-9]{1,6}(\.[0-9]{1,6})?$/;

function showTotal() {
  if (!total) return;
  const typed = [...form.querySelectorAll("[data-score]")].map((field) => field.value.trim());
  const sound = typed.every((text) => text === "" || SCORE.test(text));
  const sum = typed.reduce((so_far, text) => so_far + Math.round(Number(text || 0) * 1e6), 0) / 1e6;
  total.querySelector("output").textContent = sound && typed.some(Boolean) ? String(sum) : "–";
}

function chosen(name) {
  const found = form.elements[name];
  if (!found) return [];
  const each = found instanceof RadioNodeList ? [...found] : [found];
  return each.filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked).map((one) => one.value);
}

// What is not asked is not sent.
function showAsked() {
  for (const part of form.querySelectorAll("[data-shown]")) {
    const asked = chosen(part.dataset.shown).some((code) => part.dataset.oneOf.split(" ").includes(code));
    part.hidden = !asked;
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !asked;
  }
}

let changed = false;
let saving = false;
let sent = false;
let overtaken = false;
let ended = false;
// Not to be handed in any more: sent, it would be answered by a page without what was typed.
let closed = false;
let offline = false;
let submits = false;
let waiting;
// Since when there is something that is not saved.
let since = 0;

// A file is sent with a button alone.
function typed() {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

function personOn(page) {
  return page.querySelector(".who span")?.textContent;
}

async function ask(address, options) {
  const late = new AbortController();
  const limit = setTimeout(() => late.abort(), ANSWERS_WITHIN);
  try {
    return await fetch(address, { redirect: "manual", signal: late.signal, ...options });
  } finally {
    clearTimeout(limit);
  }
}

// The form's token is the session's: who signed in anew has another. If that is somebody else, nothing is theirs.
async function renew() {
  const answer = await ask(location.href, {});
  if (!answer.ok) return;
  const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = shown.querySelector("form.draft [name=form_token]");
  if (token !== null && personOn(shown) === personOn(document)) form.elements.form_token.value = token.value;
}

async function save() {
  if (!changed || saving || sent || overtaken) return;
  saving = true;
  changed = false;
  since = 0;
  if (ended) await renew().catch(() => null);
  const body = new URLSearchParams([...typed(), ["do", "leave"]]);
  try {
    // What outlives the page may not be long.
    const keepalive = String(body).length < OUTLIVES;
    const answer = await ask(form.action, { method: "POST", body, keepalive });
    // Who is signed in no more is led away; a form of an earlier session is refused.
    ended = answer.type === "opaqueredirect" || answer.status === 403;
    // A page in place of what a draft is answered with: there is nothing any more that it would be a draft of.
    const told = answer.headers.get("content-type")?.startsWith("application/json");
    closed = !told && [404, 409, 410].includes(answer.status);
    offline = false;
    if (answer.ok) {
      const kept = await answer.json();
      form.elements.version.value = kept.version;
      if (discard) discard.hidden = false;
      document.dispatchEvent(new Event("answered"));
      const at = new Date().toLocaleTimeString(document.documentElement.lang);
      state.textContent = kept.closed ? state.dataset.closed : `${state.dataset.saved} ${at}`;
    } else {
      overtaken = told && answer.status === 409;
      changed = true;
      state.textContent = state.dataset[overtaken ? "overtaken" : ended ? "ended" : closed ? "closed" : "failed"];
    }
  } catch (fault) {
    changed = true;
    // A page that cannot be reached would be put in place of the form.
    offline = fault instanceof TypeError;
    state.textContent = state.dataset[offline ? "offline" : "failed"];
  }
  saving = false;
  if (!since) return;
  // What was typed meanwhile.
  clearTimeout(waiting);
  waiting = setTimeout(save, PAUSE);
}

form.addEventListener("input", () => {
  changed = true;
  showTotal();
  showAsked();
  since ||= Date.now();
  clearTimeout(waiting);
  waiting = setTimeout(save, Math.min(PAUSE, Math.max(0, since + LONGEST_WAIT - Date.now())));
});
// What was typed is saved first: a form that is sent when the session has ended would be lost.
async function saveAndSubmit(button) {
  submits = true;
  while (saving) await new Promise((resolve) => { setTimeout(resolve, 200); });
  await save();
  if (!ended && !closed && !offline) form.requestSubmit(button);
  else state.scrollIntoView({ block: "center" });
  submits = false;
}

// A draft on its way has another version than the form: the button waits for it.
form.addEventListener("submit", (event) => {
  if (submits && saving) {
    event.preventDefault();
    return;
  }
  if (!submits && (saving || (changed && !overtaken))) {
    event.preventDefault();
    saveAndSubmit(event.submitter);
    return;
  }
  sent = true;
  clearTimeout(waiting);
});
window.addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
window.addEventListener("pageshow", () => { sent = false; });
if (total) total.hidden = false;
showTotal();
showAsked();
