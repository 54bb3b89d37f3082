// What a person signs (docs/decisions/0026-signed-acts.md), computed from what the page shows and nothing else.

import { decode, join, sha256Hex } from "/bytes.js";

const VERSION = 1;

// RFC 8785: JSON.stringify writes strings and whole numbers as it asks, and sort() compares UTF-16 code units.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

const bytesOf = (value) => new TextEncoder().encode(canonical(value));

// Everything in a command that names a text or a file by its hash.
function references(value) {
  if (value === null || typeof value !== "object") return [];
  if (typeof value.id === "string" && typeof value.sha256 === "string") return [value];
  return Object.values(value).flatMap(references);
}

// Throws unless each text that is signed is one that is shown, and each that is shown is signed.
export async function checkContents(command, reason, contents) {
  const signed = references([command, reason]).map(({ id, sha256 }) => `${id} ${sha256}`);
  const shown = await Promise.all(
    contents.map(async ({ id, salt, body }) => `${id} ${await sha256Hex(join(decode(salt), decode(body)))}`),
  );
  const alone = [...signed.filter((one) => !shown.includes(one)), ...shown.filter((one) => !signed.includes(one))];
  if (alone.length) throw new Error("what is shown is not what would be signed");
}

export async function statementOf({ intent, command, terms }) {
  const { stream, role, reason } = intent;
  const digest = await sha256Hex(bytesOf({ stream, role, reason, command }));
  return bytesOf({ version: VERSION, ...intent, digest, ...terms });
}
