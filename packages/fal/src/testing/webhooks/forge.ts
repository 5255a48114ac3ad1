import { randomUUID, type KeyObject } from "node:crypto";
import type { SignedWebhook } from "./courier.ts";
import type { Keyring } from "./keyring.ts";
import type { Answer, QueueEntry } from "../queue/queue-entry.ts";
import { signFalWebhook } from "../sign-fal-webhook.ts";
import { webhookBody, wireJson } from "./webhook-body.ts";
import { webhookUrlOf } from "./webhooks.ts";

/** A webhook before it is sent; `body` is what is signed, `sent` what arrives. */
interface Draft {
  readonly url: string;
  readonly privateKey: KeyObject;
  readonly requestId: string;
  readonly userId: string;
  readonly timestamp: number;
  readonly body: string;
  readonly sent: string;
  readonly stamp: (headers: Record<string, string>) => Record<string, string>;
}

interface Setting {
  readonly keys: Keyring;
  readonly answer: Answer;
  /** The webhook URL of the other request. */
  readonly otherUrl?: string | undefined;
}

const signatureHeader = "x-fal-webhook-signature";

/** Each way of forging, as the change that it makes to a genuine webhook. */
const forgers = {
  "no-token": (draft) => ({ ...draft, url: withToken(draft.url, undefined) }),
  "bad-token": (draft) => ({ ...draft, url: withToken(draft.url, altered(tokenOf(draft.url))) }),
  "token-of-another": (draft, { otherUrl }) => ({ ...draft, url: withToken(draft.url, tokenOf(otherUrl)) }),
  unsigned: (draft) => ({ ...draft, stamp: () => ({}) }),
  "bad-signature": (draft) => ({
    ...draft,
    stamp: (headers) => ({ ...headers, [signatureHeader]: altered(headers[signatureHeader] ?? "") }),
  }),
  "unknown-key": (draft, { keys }) => ({ ...draft, privateKey: keys.stranger }),
  "altered-body": (draft) => ({ ...draft, sent: `${draft.body}\n` }),
  "other-account": (draft) => ({ ...draft, userId: `${draft.userId}-of-somebody-else` }),
  stale: (draft) => ({ ...draft, timestamp: draft.timestamp - 301 }),
  "from-the-future": (draft) => ({ ...draft, timestamp: draft.timestamp + 310 }),
  "request-mismatch": (draft) => ({ ...draft, requestId: randomUUID() }),
  /** Genuine in every respect, but about a request that was never made for this address. */
  "other-request": (draft, { answer }) => {
    const requestId = randomUUID();
    const body = wireJson(webhookBody(requestId, answer));
    return { ...draft, requestId, body, sent: body };
  },
} as const satisfies Record<string, (draft: Draft, setting: Setting) => Draft>;

export type FalForgery = keyof typeof forgers;

export const forgeries = Object.keys(forgers) as [FalForgery, ...FalForgery[]];

export interface ForgeInput extends Setting {
  readonly kind: FalForgery;
  readonly entry: QueueEntry;
  readonly userId: string;
  readonly timestamp: number;
}

/** Makes a forged webhook of a request. Throws when the request has no webhook URL, or one without a token to forge. */
export function forge({ kind, entry, userId, timestamp, ...setting }: ForgeInput): SignedWebhook {
  const body = wireJson(webhookBody(entry.id, setting.answer));
  const genuine: Draft = {
    url: webhookUrlOf(entry),
    privateKey: setting.keys.signer(),
    requestId: entry.id,
    userId,
    timestamp,
    body,
    sent: body,
    stamp: (headers) => headers,
  };
  const draft = forgers[kind](genuine, setting);
  return {
    requestId: entry.id,
    url: draft.url,
    body: draft.sent,
    headers: () => ({ "content-type": "application/json", ...draft.stamp(signFalWebhook(draft)) }),
  };
}

/** Likeness puts its proof into the query of the webhook URL. */
const tokenParameter = "token";

function tokenOf(url: string | undefined): string {
  const token = url && new URL(url).searchParams.get(tokenParameter);
  if (!token) throw new Error("The webhook URL has no token");
  return token;
}

function withToken(url: string, token: string | undefined): string {
  const changed = new URL(url);
  if (token === undefined) changed.searchParams.delete(tokenParameter);
  else changed.searchParams.set(tokenParameter, token);
  return changed.href;
}

/** The first character becomes another one; the last may hold bits that mean nothing. */
const altered = (text: string): string => (text.startsWith("0") ? "1" : "0") + text.slice(1);
