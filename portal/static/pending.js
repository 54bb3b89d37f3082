// Goes on by itself once an act has its answer: an own page that reloads would pull a reader back to its beginning.
"use strict";

const WAIT = 5_000;

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.redirected) location.replace(answer.url);
  else setTimeout(look, WAIT);
}

setTimeout(look, WAIT);
