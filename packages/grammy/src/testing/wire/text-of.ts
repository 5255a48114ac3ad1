import type { BotCall } from "./calls.ts";

/** A field as text; numbers are text, too, as in a form. */
export function textOf({ fields }: Pick<BotCall, "fields">, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function numberOf({ fields }: Pick<BotCall, "fields">, name: string): number | undefined {
  const value = fields[name];
  return typeof value === "number" ? value : undefined;
}
