// Says some minutes before that a session ends, goes on with it at the press of a button, and says when it has ended.
// The tabs of a browser share a session: each tells the others when it was used, and until when it can last.

const note = document.getElementById("session-end");
const told = note.querySelector("p");
const stay = note.querySelector("button");
const again = note.querySelector("a");
const BEFORE = 5 * 60_000;
const MINUTE = 60_000;
const ANSWERS_WITHIN = 60_000;
const person = note.dataset.person;
const others = new BroadcastChannel("session");
// The page was asked for before it came: it counts from then on.
const [arrival] = performance.getEntriesByType("navigation");
let used = Date.now() - (arrival?.domInteractive ?? 0);
let longest = used + note.dataset.left * 1000;
// The server notes to the minute that a session was used.
const idle = note.dataset.idle * 1000 - MINUTE;
let waiting;

function say(word, minutes) {
  const said = note.dataset[`${word}Word`].replace("#", minutes);
  // An alert is read out when it changes, and not every time one looks at the clock.
  if (told.textContent !== said) told.textContent = said;
  note.hidden = false;
  stay.hidden = word !== "idle";
  again.hidden = word !== "over";
}

function look() {
  const now = Date.now();
  const left = Math.min(longest, used + idle) - now;
  // No more is promised than there is.
  const minutes = left < MINUTE ? "<1" : String(Math.floor(left / MINUTE));
  if (left <= 0) say("over");
  else if (longest - now <= BEFORE) say("last", minutes);
  else if (left <= BEFORE) say("idle", minutes);
  else note.hidden = true;
  clearTimeout(waiting);
  waiting = setTimeout(look, Math.min(MINUTE, left > BEFORE ? left - BEFORE : MINUTE));
}

function use() {
  used = Date.now();
  others.postMessage({ person, used, longest });
}

// Who signed out, or in as somebody else, in another tab has ended this page's session.
others.addEventListener("message", ({ data }) => {
  if (data.person === person) {
    used = Math.max(used, data.used);
    longest = Math.max(longest, data.longest);
  } else longest = Math.min(longest, Date.now());
  look();
});

// What a page asks for by itself counts as well: the server has seen that somebody is there.
document.addEventListener("answered", use);

document.querySelector("form[action='/sign-out']").addEventListener("submit", () => others.postMessage({}));

stay.addEventListener("click", async () => {
  const asked = fetch("/sessions", { redirect: "manual", signal: AbortSignal.timeout(ANSWERS_WITHIN) });
  const answer = await asked.catch(() => null);
  if (answer === null) return;
  if (answer.ok) use();
  else used -= idle;
  const back = document.activeElement === stay;
  look();
  if (back && note.hidden) document.getElementById("content").focus();
});

others.postMessage({ person, used, longest });
look();
