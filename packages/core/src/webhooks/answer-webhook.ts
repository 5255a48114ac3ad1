import { err, ok, safeTry } from "neverthrow";
import { sha256 } from "../blobs/sha256.ts";
import type { WebhookCommands } from "../commands.ts";
import type { Log } from "../ports/log.ts";
import type { Clock } from "../ports/clock.ts";
import { readBody, usualLongestBody, type BodyRefused } from "./read-body.ts";
import type { AdmitEcho } from "./echo.ts";
import type { AdmitWebhook, ReceiveWebhookError, WebhookNotFound } from "./receive-webhook.ts";

/** A request to the webhook endpoint, of any server. */
export interface WebhookRequest {
  readonly method: string;
  /** The address, absolute or not; only its query is read. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Called once, and only for an address that we made. */
  readonly body: () => AsyncIterable<Uint8Array>;
  /** Hex SHA-256, if the host can compute it synchronously. */
  readonly digest?: ((body: Uint8Array) => string) | undefined;
}

/** What to answer. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Taken | { readonly error: WebhookRefusal["type"] };
}

/** `stored`: a delivery · `echo`: the answer to a request of our own, of which nothing is stored. */
type Taken = { readonly stored: "new" | "known" } | { readonly echo: string };

/** All reasons why a delivery is not stored. */
export type WebhookRefusal =
  | { readonly type: "method-not-allowed" }
  | WebhookNotFound
  | BodyRefused
  | ReceiveWebhookError
  | { readonly type: "internal-error" };

/** The status of each refusal. Providers repeat a delivery that was not answered with 2xx. */
export const webhookStatus = {
  "method-not-allowed": 405,
  "webhook-not-found": 404,
  "body-too-large": 413,
  "body-too-slow": 408,
  "body-unreadable": 400,
  "webhook-rejected": 401,
  "webhook-deferred": 503,
  "storage-failure": 503,
  "internal-error": 500,
} as const satisfies Record<WebhookRefusal["type"], number>;

export interface AnswerPorts {
  readonly webhooks: Pick<WebhookCommands, "admit" | "receive" | "maxBytes"> &
    Partial<Pick<WebhookCommands, "admitEcho">>;
  readonly clock: Pick<Clock, "after">;
  readonly log: Pick<Log, "error">;
}

/**
 * Answers a request to the webhook endpoint: method and address before the body, which is read up to its limits; then
 * the delivery is verified and stored. The answer names the type of a refusal, without input or causes.
 */
export async function answerWebhook(ports: AnswerPorts, request: WebhookRequest): Promise<WebhookAnswer> {
  if (request.method !== "POST") return refused({ type: "method-not-allowed" });
  const address = addressOf(request.url);
  try {
    const taken = address.echo === "" ? store(ports, request, address) : answerEcho(ports, request, address);
    return await taken.match((body) => ({ status: 200, headers: {}, body }), refused);
  } catch (cause) {
    ports.log.error({ orderId: address.orderId, err: cause }, "webhook failed");
    return refused({ type: "internal-error" });
  }
}

const answerEcho = ({ webhooks, clock }: AnswerPorts, { body, headers, digest }: WebhookRequest, command: AdmitEcho) =>
  safeTry<Taken, WebhookRefusal>(async function* () {
    const admission = yield* webhooks.admitEcho?.(command) ?? err({ type: "webhook-not-found" } as const);
    const longest = Math.min(admission.bytes, webhooks.maxBytes ?? usualLongestBody);
    const bytes = yield* readBody(clock, body, headers["content-length"], longest);
    return ok({ echo: await admission.answer(digest?.(bytes) ?? (await sha256(bytes))) });
  });

const store = ({ webhooks, clock, log }: AnswerPorts, request: WebhookRequest, address: AdmitWebhook) =>
  safeTry<Taken, WebhookRefusal>(async function* () {
    const { headers } = request;
    const admission = yield* webhooks.admit(address);
    const body = yield* readBody(clock, request.body, headers["content-length"], webhooks.maxBytes);
    const digest = request.digest?.(body);
    const received = await webhooks.receive({ admission, headers, body, digest });
    if (received.isErr() && received.error.type === "storage-failure")
      log.error({ orderId: admission.orderId, err: received.error.cause }, "webhook not stored");
    return received;
  });

/** The token and what it stands for. A parameter that is missing or came twice is no parameter. */
function addressOf(url: string): AdmitWebhook & AdmitEcho {
  const query = new URLSearchParams(url.replace(/^[^?]*/, "").replace(/#.*$/s, ""));
  const only = (...names: string[]): string => {
    const [value = "", ...more] = names.flatMap((name) => query.getAll(name));
    return more.length === 0 ? value : "";
  };
  // Addresses made by version 0.1 call the order `training`.
  const orderId = only("order", "training");
  return { orderId, echo: orderId === "" ? only("echo") : "", token: only("token") };
}

const refused = ({ type }: WebhookRefusal): WebhookAnswer => ({
  status: webhookStatus[type],
  headers: type === "method-not-allowed" ? { allow: "POST" } : {},
  body: { error: type },
});
