import { err, ok } from "neverthrow";
import { secondsBetween } from "@likeness/core";
import { numberOf, textOf } from "../wire/text-of.ts";
import { refuse, tooMany } from "../wire/refusal.ts";
import { withoutUndefined } from "../state/without-undefined.ts";
import type { Method, MethodContext } from "./method.ts";
import type { BotCall } from "../wire/calls.ts";

/** If it is left out, the value of the last call stays. */
function noteAllowedUpdates({ state }: MethodContext, { fields }: BotCall): void {
  const allowed = fields["allowed_updates"];
  if (Array.isArray(allowed)) state.allowedUpdates = allowed.map(String);
}

export const getUpdates: Method = async (context, call) => {
  const { state, updates, poll } = context;
  if (state.webhook) {
    return refuse(
      409,
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  noteAllowedUpdates(context, call);
  updates.confirm(numberOf(call, "offset") ?? 0);
  return poll.take({
    limit: clamp(numberOf(call, "limit") ?? 100, 1, 100),
    timeout: clamp(numberOf(call, "timeout") ?? 0, 0, 50),
    signal: call.signal,
  });
};

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

export const setWebhook: Method = (context, call) => {
  const { state, timers, updates, poll, courier } = context;
  const url = textOf(call, "url");
  if (url === "") return deleteWebhook(context, call);
  // Telegram sets one a second at most.
  const { webhookSetAt } = state;
  if (webhookSetAt !== null && secondsBetween(webhookSetAt, timers.now()) < 1) return err(tooMany(1));
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    return refuse(400, "bad webhook: An HTTPS URL must be provided for webhook");
  }
  const secret = textOf(call, "secret_token");
  if (secret.length > 256) return refuse(400, "secret token is too long");
  if (!/^[\w-]*$/.test(secret)) return refuse(400, "secret token contains unallowed characters");

  state.webhookSetAt = timers.now();
  noteAllowedUpdates(context, call);
  if (call.fields["drop_pending_updates"] === true) updates.clear();
  poll.end("terminated by setWebhook request");
  state.webhook = withoutUndefined({
    url,
    secretToken: secret === "" ? undefined : secret,
    maxConnections: clamp(numberOf(call, "max_connections") ?? 40, 1, 100),
  });
  courier.restart();
  return ok({ result: true, description: "Webhook was set" });
};

export const deleteWebhook: Method = ({ state, updates }, call) => {
  const description = state.webhook ? "Webhook was deleted" : "Webhook is already deleted";
  if (call.fields["drop_pending_updates"] === true) updates.clear();
  state.webhook = null;
  return ok({ result: true, description });
};

export const getWebhookInfo: Method = ({ state, updates }) => {
  const { webhook, allowedUpdates } = state;
  return ok({
    result: withoutUndefined({
      url: webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: updates.pending().length,
      max_connections: webhook?.maxConnections,
      last_error_date: webhook?.lastError && Math.floor(Date.parse(webhook.lastError.at) / 1000),
      last_error_message: webhook?.lastError?.message,
      allowed_updates: allowedUpdates.length > 0 ? allowedUpdates : undefined,
    }),
  });
};
