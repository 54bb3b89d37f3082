// Says some minutes before that a session ends, goes on with it at the press of a button, and says when it has ended.

const note = document.getElementById("session-end");
const told = note.querySelector("p");
const stay = note.querySelector("button");
const again = note.querySelector("a");
const BEFORE = 5 * 60_000;
const MINUTE = 60_000;
const longest = Date.now() + note.dataset.left * 1000;
// The server notes to the minute that a session was used.
const idle = note.dataset.idle * 1000 - MINUTE;
let used = Date.now();
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
  if (left <= 0) say("over");
  else if (longest - now <= BEFORE) say("last", Math.ceil(left / MINUTE));
  else if (left <= BEFORE) say("idle", Math.ceil(left / MINUTE));
  else note.hidden = true;
  clearTimeout(waiting);
  waiting = setTimeout(look, Math.min(MINUTE, left > BEFORE ? left - BEFORE : MINUTE));
}

// What a page asks for by itself counts as well: the server has seen that somebody is there.
document.addEventListener("answered", () => { used = Date.now(); });

stay.addEventListener("click", async () => {
  const answer = await fetch("/sessions", { redirect: "manual" }).catch(() => null);
  if (answer === null) return;
  used = answer.ok ? Date.now() : used - idle;
  const back = document.activeElement === stay;
  look();
  if (back && note.hidden) document.getElementById("content").focus();
});

look();
