// The page that checks a receipt: reads what was chosen, and shows the sentence of what came of it.

import { checkReceipt, LARGEST, Refuted } from "./receipt.js";

const form = document.getElementById("check");
const verdict = document.getElementById("verdict");
const facts = document.getElementById("proven-facts");

async function judge() {
  const [file] = document.getElementById("receipt").files;
  if (!file) throw new Refuted("file-missing");
  if (file.size > LARGEST) throw new Refuted("too-large");
  const bytes = new Uint8Array(await file.arrayBuffer());
  return checkReceipt(bytes, document.getElementById("hash").value, document.getElementById("key").value);
}

function tell(code, proven) {
  verdict.dataset.code = code;
  verdict.className = proven ? "verdict" : "faults";
  for (const sentence of verdict.querySelectorAll("[data-says]")) {
    sentence.hidden = sentence.dataset.says !== code;
  }
  for (const [name, value] of Object.entries(proven ?? {})) {
    facts.querySelector(`[data-fact="${name}"]`).textContent = value;
  }
  facts.hidden = !proven;
  verdict.hidden = false;
  verdict.focus();
}

async function check(event) {
  event.preventDefault();
  try {
    tell("proven", await judge());
  } catch (fault) {
    tell(fault instanceof Refuted ? fault.code : "broken");
  }
}

form.addEventListener("submit", check);
form.addEventListener("input", () => {
  verdict.hidden = true;
});
form.hidden = false;
