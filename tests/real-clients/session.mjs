// Prints calls beside their values, for programs that use a client of Node.
//
//     await show(() => client.get("k"));      prints: client.get("k") = "value"

import { createRequire } from "node:module";
import { join } from "node:path";

/** The port of the server. */
export const port = Number(process.env.REDIS_PORT);

/** A client library, from where it was installed. */
export function library(name) {
  return createRequire(join(process.env.REAL_CLIENTS, "node_modules", "x"))(name);
}

/** A value as text: objects without a prototype and maps as objects, bytes as `bytes(…)`. */
function shown(value) {
  if (Buffer.isBuffer(value)) return `bytes(${value.toString("hex")})`;
  if (value instanceof Error) return `${value.constructor.name}: ${value.message}`;
  if (value instanceof Set) return `Set ${shown([...value].sort())}`;
  if (value instanceof Map) return shown(Object.fromEntries(value));
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (value && typeof value === "object") {
    return `{${Object.entries(value).map(([key, it]) => `${key}: ${shown(it)}`).join(", ")}}`;
  }
  if (typeof value === "number") return String(value);
  return JSON.stringify(value) ?? String(value);
}

/** Makes a call, and prints it with its value or its error. */
export async function show(call) {
  const text = call.toString().replace(/^(async )?\(\) => /, "");
  try {
    console.log(`${text} = ${shown(await call())}`);
  } catch (error) {
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    const inside = error.replies ? `, ${shown(error.replies)}` : "";
    console.log(`${text} fails: ${shown(error)}${inside}`);
  }
}

/** Waits until something holds. */
export async function until(holds) {
  while (!(await holds())) await new Promise((go) => setTimeout(go, 10));
}
