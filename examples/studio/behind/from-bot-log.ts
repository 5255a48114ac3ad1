import { foreignText, readableJson } from "./foreign-text.ts";
import type { NewActivity } from "./activities.ts";

/** Fields of pino's lines that the panel shows elsewhere. */
const shown = new Set(["level", "time", "msg", "pid", "hostname"]);

/** Requests to the bot, see `open-server.ts` of the reference bot. */
interface RequestFields {
  readonly method?: unknown;
  readonly route?: unknown;
  readonly statusCode?: unknown;
}

/** Fields that are shown in the line: which photo, what, and why. */
const telling = ["number", "code", "reason", "blocked", "template"];

const isWord = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number";

/** Jobs are logged with these, see `logEvents` of the core. */
interface JobFields {
  readonly kind?: unknown;
  readonly outcome?: unknown;
  readonly milliseconds?: unknown;
}

/** Calls of the provider are logged with these, by the same. */
interface CallFields {
  readonly provider?: unknown;
  readonly method?: unknown;
}

/** A line of the bot's output, usually written by pino. */
export function activityFromBotLog(line: string): NewActivity {
  const entry = parse(line);
  if (!entry) return { kind: "bot", line: foreignText(line), trouble: false };
  const fields = Object.fromEntries(Object.entries(entry).filter(([name]) => !shown.has(name)));
  const trouble = isTrouble(entry["level"]);
  const details = Object.keys(fields).length > 0 ? readableJson(fields) : undefined;
  const { time, msg } = entry;
  const at = typeof time === "string" ? Date.parse(time) : typeof time === "number" ? time : undefined;
  return { at, ...described(typeof msg === "string" ? msg : line, fields), trouble, details };
}

function described(
  message: string,
  fields: Readonly<Record<string, unknown>>,
): Pick<NewActivity, "kind" | "line" | "gist"> {
  const { kind, outcome, milliseconds }: JobFields = fields;
  if (typeof kind === "string" && typeof outcome === "string") {
    const gist = `${kind}: ${outcome}`;
    return { kind: "job", line: `${gist}, ${String(milliseconds)} ms`, gist };
  }
  const { provider, method: asked }: CallFields = fields;
  if (isWord(provider) && isWord(asked) && isWord(outcome)) {
    const line = `${provider} ${asked}: ${outcome}`;
    return { kind: "bot", line, gist: line };
  }
  if (/^(avatar|photo|training|image|upscale|picture|message) /.test(message))
    return { kind: "state", line: [message, ...telling.map((name) => fields[name]).filter(isWord)].join(" · ") };
  const { method, route, statusCode }: RequestFields = fields;
  if (isWord(method) && isWord(route) && isWord(statusCode)) {
    const line = `answers ${method} ${route} with ${statusCode}`;
    return { kind: "bot", line, gist: line };
  }
  return { kind: "bot", line: foreignText(message) };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** pino's levels as words or numbers: warn is 40. */
const isTrouble = (level: unknown): boolean =>
  typeof level === "number" ? level >= 40 : level === "warn" || level === "error" || level === "fatal";
