import { z } from "zod";

/** A text that matches a pattern. */
export const text = (pattern: RegExp, expected: string) =>
  z.string({ error: `is missing: it must be ${expected}` }).regex(pattern, `must be ${expected}`);

/** A whole number within limits. */
export function whole(minimum: number, maximum: number, unit = "") {
  const problem = `must be a whole number${unit} from ${minimum} to ${maximum}`;
  const range = z.number().min(minimum, problem).max(maximum, problem);
  return z.string().regex(/^\d+$/, problem).transform(Number).pipe(range);
}

/** An amount of US dollars, e.g. `25` or `7.50`. */
export const dollars = z
  .string()
  .refine((given) => /^\d{1,6}(?:\.\d{1,2})?$/.test(given) && Number(given) > 0 && Number(given) <= 200_000, {
    error: "must be an amount of US dollars up to 200000, e.g. 25 or 7.50",
  })
  .transform(Number);

/** One or more ids of Telegram users. */
export const userIds = z
  .string()
  .transform(elements)
  .refine((given) => given.every((id) => /^[1-9]\d{0,15}$/.test(id)), {
    error: "must be ids of Telegram users, separated by commas",
  });

/** Slightly below the limit of Node's timers, 31 bits of milliseconds. https://nodejs.org/api/timers.html */
export const seconds = whole(1, 2_000_000, " of seconds");

const problemOf = { base: "without query", origin: "without path and query" } as const;

const url = (shape: keyof typeof problemOf) =>
  z
    .string()
    .refine((given) => isPlain(given) && (shape === "base" || new URL(given).pathname === "/"), {
      error: `must be an https URL ${problemOf[shape]} (http only on a loopback address)`,
    })
    .refine(isEscaped, { error: "must not hold a % that escapes nothing" })
    .transform(spelledOut);

/** A URL to which paths are appended. */
export const baseUrl = url("base");

/** A full URL, e.g. of a page for people. */
export const pageUrl = z
  .string()
  .max(1_000, "must be an https URL of at most 1000 characters")
  .refine(isSecure, { error: "must be an https URL (http only on a loopback address)" })
  .refine(isEscaped, { error: "must not hold a % that escapes nothing" })
  .transform((given) => new URL(given).href);

/** A URL without a path. */
export const origin = url("origin");

/** Full URLs, one or more. */
export const urls = z
  .string()
  .transform(elements)
  .refine((given) => given.every(isSecure), {
    error: "must be https URLs, separated by commas (http only on a loopback address)",
  });

/** What is sold, e.g. `10:50,30:120`: credits and their price in Telegram Stars. */
export const starPackages = z
  .string()
  .refine((given) => given.split(",").every((each) => /^\s*[1-9]\d{0,4}:[1-9]\d{0,4}\s*$/.test(each)), {
    error: "must be credits:stars, or several, separated by commas, e.g. 10:50,30:120",
  })
  .transform((given) =>
    elements(given).map((each) => {
      const [credits = 0, stars = 0] = each.split(":").map(Number);
      return { credits, stars };
    }),
  )
  .refine((packages) => packages.length <= 10, { error: "must have at most ten packages" })
  .refine((packages) => new Set(packages.map(({ credits }) => credits)).size === packages.length, {
    error: "must not have two packages with the same number of credits",
  });

/** One or more secrets; the first one signs. */
export const secrets = z
  .string()
  .transform(elements)
  .refine((given) => given.every((secret) => Buffer.byteLength(secret) >= 32), {
    error: "must be a secret of at least 32 bytes, or several, separated by commas",
  });

/** A secret as Standard Webhooks has it. */
export const webhookKey = z
  .string()
  .refine((given) => /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(given) && isKey(given.slice("whsec_".length)), {
    error: "must be whsec_ and base64 of 24 to 64 bytes",
  });

function isKey(base64: string): boolean {
  const key = Buffer.from(base64, "base64");
  return key.length >= 24 && key.length <= 64 && key.toString("base64") === base64;
}

function elements(list: string): string[] {
  return list.split(",").map((element) => element.trim());
}

/** Other characters are refused, because proxies refuse or rewrite them in different ways. */
function isEscaped(given: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(given);
}

/** The form that is sent: host in ASCII, path escaped, without dot segments and without a trailing slash. */
function spelledOut(given: string): string {
  return new URL(given).href.replace(/\/+$/, "");
}

function isPlain(given: string): boolean {
  return isSecure(given) && !/[?#]/.test(given);
}

/** https, or http on a loopback address, and without a user name. */
function isSecure(given: string): boolean {
  if (!URL.canParse(given)) return false;
  const { protocol, hostname, username, password } = new URL(given);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
