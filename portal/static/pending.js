// Looks every few seconds how far something is, says it in the place where it stands, and goes on once it is over: a
// page that loads anew would pull a reader back to its beginning.
"use strict";

const WAIT = 3_000;
// A server that takes the question and stands still is asked again.
const ANSWERS_WITHIN = 60_000;
const PARTS = "[data-pending]";

function say(shown) {
  const parts = shown.querySelectorAll(PARTS);
  document.title = shown.title;
  document.querySelectorAll(PARTS).forEach((here, place) => {
    const there = parts[place];
    // Where a reader's focus is, nothing is taken from under it.
    if (there === undefined || there.innerHTML === here.innerHTML || here.contains(document.activeElement)) return;
    here.replaceChildren(...there.childNodes);
  });
}

// The page as it is now, and the answer that it came with; null while the portal is away.
async function ask() {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(ANSWERS_WITHIN) });
  if (answer.status >= 500) return null;
  return { answer, shown: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

async function look() {
  const found = await ask().catch(() => null);
  if (found !== null) {
    const { answer, shown } = found;
    if (shown.querySelector(PARTS) === null) {
      if (answer.redirected) location.replace(answer.url);
      else location.reload();
      return;
    }
    if (!answer.redirected) document.dispatchEvent(new Event("answered"));
    say(shown);
  }
  setTimeout(look, WAIT);
}

setTimeout(look, WAIT);
