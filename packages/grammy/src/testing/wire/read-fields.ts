import { err, ok, type Result } from "neverthrow";
import { refuse, type Refusal } from "./refusal.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields that are not text. Forms and queries carry all of them as text, and Telegram takes text for them in JSON
 * bodies as well.
 */
const kinds = {
  chat_id: "number",
  message_id: "number",
  draft_id: "number",
  offset: "number",
  limit: "number",
  timeout: "number",
  max_connections: "number",
  cache_time: "number",
  user_id: "number",
  max_tip_amount: "number",
  subscription_period: "number",
  show_alert: "flag",
  ok: "flag",
  drop_pending_updates: "flag",
  disable_notification: "flag",
  is_big: "flag",
  reply_markup: "json",
  reply_parameters: "json",
  link_preview_options: "json",
  entities: "json",
  caption_entities: "json",
  media: "json",
  reaction: "json",
  commands: "json",
  scope: "json",
  menu_button: "json",
  message_ids: "json",
  allowed_updates: "json",
  prices: "json",
  suggested_tip_amounts: "json",
} as const satisfies Record<string, Kind>;

type Kind = "number" | "flag" | "json";

const readers: Readonly<Record<Kind, (text: string) => unknown>> = {
  // Not required to be a number, because a chat may be named by a user name; methods refuse other texts.
  number: (text) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text),
  flag: (text) => ["true", "1", "yes", "t", "y"].includes(text.trim().toLowerCase()),
  json: (text) => (text.trim() === "" ? undefined : JSON.parse(text)),
};

/** The parsed fields; nulls count as absent. */
export function readFields(fields: Fields): Result<Fields, Refusal> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : undefined;
    try {
      const meant = typeof value === "string" && kind ? readers[kind](value) : value;
      if (meant !== undefined && meant !== null) read[name] = meant;
    } catch {
      return err(refuse(400, `can't parse ${name.replaceAll("_", " ")} JSON object`).error);
    }
  }
  return ok(read);
}
