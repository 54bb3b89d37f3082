// Shows what the server asks to be signed, and signs it only if it is what is shown.

import { decode, encode } from "/bytes.js";
import { makePasskey, signStatement } from "/passkey.js";
import { checkContents, statementOf } from "/statement.js";

const place = (id) => document.getElementById(id);

function show({ intent, command, contents = [] }) {
  place("asked").textContent = JSON.stringify({ intent, command }, null, 2);
  place("contents").replaceChildren(
    ...contents.map(({ body }) => {
      const text = document.createElement("blockquote");
      text.textContent = new TextDecoder("utf-8", { fatal: true }).decode(decode(body));
      return text;
    }),
  );
}

async function sign(task) {
  const began = performance.now();
  await checkContents(task.command, task.intent.reason, task.contents);
  const statement = await statementOf(task);
  const signature = await signStatement(statement, task.passkey);
  return { signature, statement: encode(statement), milliseconds: performance.now() - began };
}

// Tells the answer, or why there is none, and that the page is done.
async function answer(work) {
  place("fault").textContent = "";
  try {
    place("answer").textContent = JSON.stringify(await work());
  } catch (fault) {
    place("fault").textContent = `${fault.name}: ${fault.message}`;
  }
  document.body.dataset.done = "yes";
}

const task = await (await fetch("/task.json")).json();
show(task);
place("register").addEventListener("click", () => answer(() => makePasskey(task)));
place("sign").addEventListener("click", () => answer(() => sign(task)));
document.body.dataset.ready = "yes";
