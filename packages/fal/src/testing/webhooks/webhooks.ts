import type { Json } from "@likeness/core";
import type { Courier, Parcel } from "./courier.ts";
import type { Keyring } from "./keyring.ts";
import type { Answer, QueueEntry } from "../queue/queue-entry.ts";
import { signFalWebhook } from "../sign-fal-webhook.ts";
import type { Timers } from "../queue/timers.ts";
import { webhookBody, wireJson } from "./webhook-body.ts";
import type { WebhookAnswer } from "./webhook-schedule.ts";

export interface WebhooksOptions {
  readonly timers: Timers;
  readonly keys: Keyring;
  readonly userId: string;
  readonly courier: Courier;
}

export interface Webhooks {
  /** Tells the address of a request its outcome, the way its behaviour says. Resolves when what leaves now was answered. */
  announce(entry: QueueEntry, answer: Answer): Promise<void>;
  /** Sends any body to that address, validly signed. */
  send(entry: QueueEntry, body: Json): Promise<WebhookAnswer>;
  /** Sends what is held, in this order; by default all, first held first. */
  release(requestIds?: readonly string[]): Promise<void>;
}

export function webhooks({ timers, keys, userId, courier }: WebhooksOptions): Webhooks {
  const held: Parcel[] = [];

  const parcel = (entry: QueueEntry, url: string, body: string): Parcel => ({
    requestId: entry.id,
    url,
    body,
    headers: () => ({
      "content-type": "application/json",
      ...signFalWebhook({
        privateKey: keys.signer(),
        requestId: entry.id,
        userId,
        timestamp: Math.floor(Date.parse(timers.now()) / 1000),
        body,
      }),
    }),
  });

  return {
    announce: async (entry, answer) => {
      if (!entry.webhookUrl) return;
      const { webhook } = entry.behaviour;
      const body = wireJson(webhookBody(entry.id, answer));
      const sealed = parcel(entry, entry.webhookUrl, webhook === "garbled" ? body.slice(0, body.length / 2) : body);
      if (webhook === "lost") return;
      if (webhook === "held") held.push(sealed);
      else if (typeof webhook === "string") await courier.deliver(sealed);
      else if ("late" in webhook) timers.after(webhook.late, () => void courier.deliver(sealed));
      else if (webhook.parallel)
        await Promise.all(Array.from({ length: webhook.repeat }, () => courier.deliver(sealed)));
      else for (let sent = 0; sent < webhook.repeat; sent++) await courier.deliver(sealed);
    },
    send: (entry, body) => courier.deliver(parcel(entry, webhookUrlOf(entry), wireJson(body))),
    release: async (requestIds = held.map(({ requestId }) => requestId)) => {
      for (const requestId of requestIds) {
        const index = held.findIndex((waiting) => waiting.requestId === requestId);
        if (index < 0) throw new Error(`No webhook of ${requestId} is held`);
        for (const waiting of held.splice(index, 1)) await courier.deliver(waiting);
      }
    },
  };
}

/** Throws for a request that was submitted without one. */
export function webhookUrlOf({ id, webhookUrl }: QueueEntry): string {
  if (!webhookUrl) throw new Error(`Request ${id} has no webhook URL`);
  return webhookUrl;
}
