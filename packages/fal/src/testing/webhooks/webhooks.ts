import { addSeconds, type Json } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import { firstAttempt, type Courier, type Webhook, type SignedWebhook, type PendingDelivery } from "./courier.ts";
import type { Keyring } from "./keyring.ts";
import type { Answer, QueueEntry } from "../queue/queue-entry.ts";
import { signFalWebhook } from "../sign-fal-webhook.ts";
import { webhookBody, wireJson } from "./webhook-body.ts";
import type { WebhookAnswer } from "./webhook-schedule.ts";

export interface WebhooksOptions {
  readonly timers: Timers;
  readonly keys: Keyring;
  readonly userId: string;
  readonly courier: Courier;
  readonly kept?: WebhooksSnapshot;
}

export interface WebhooksSnapshot {
  readonly held: readonly Webhook[];
  readonly waiting: readonly (Webhook & Omit<PendingDelivery, "webhook">)[];
}

export interface Webhooks {
  /** Tells the address of a request its outcome, the way its behaviour says. Resolves when what leaves now was answered. */
  announce(entry: QueueEntry, answer: Answer): Promise<void>;
  /** Sends any body to that address, validly signed. */
  send(entry: QueueEntry, body: Json): Promise<WebhookAnswer>;
  /** Sends what is held, in this order; by default all, first held first. */
  release(requestIds?: readonly string[]): Promise<void>;
  snapshot(): WebhooksSnapshot;
  /** Goes on with what was kept; `relocate` changes what their bodies say. */
  resume(relocate: (body: string) => string): void;
}

export function webhooks({ timers, keys, userId, courier, kept }: WebhooksOptions): Webhooks {
  let held: readonly Webhook[] = kept?.held ?? [];
  let unresumed = kept?.waiting ?? [];

  const signed = ({ requestId, url, body }: Webhook): SignedWebhook => ({
    requestId,
    url,
    body,
    headers: () => ({
      "content-type": "application/json",
      ...signFalWebhook({
        privateKey: keys.signer(),
        requestId,
        userId,
        timestamp: Math.floor(Date.parse(timers.now()) / 1000),
        body,
      }),
    }),
  });

  return {
    announce: async (entry, answer) => {
      if (!entry.webhookUrl) return;
      const { webhook: behaviour } = entry.behaviour;
      const body = wireJson(webhookBody(entry.id, answer));
      const webhook = {
        requestId: entry.id,
        url: entry.webhookUrl,
        body: behaviour === "garbled" ? body.slice(0, body.length / 2) : body,
      };
      const delivered = signed(webhook);
      if (behaviour === "lost") return;
      if (behaviour === "held") held = [...held, webhook];
      else if (typeof behaviour === "string") await courier.deliver(delivered);
      else if ("late" in behaviour) courier.schedule(firstAttempt(delivered, addSeconds(timers.now(), behaviour.late)));
      else if (behaviour.parallel)
        await Promise.all(Array.from({ length: behaviour.repeat }, () => courier.deliver(delivered)));
      else for (let sent = 0; sent < behaviour.repeat; sent++) await courier.deliver(delivered);
    },
    send: (entry, body) =>
      courier.deliver(signed({ requestId: entry.id, url: webhookUrlOf(entry), body: wireJson(body) })),
    release: async (requestIds = held.map(({ requestId }) => requestId)) => {
      for (const requestId of requestIds) {
        const webhook = held.find((waiting) => waiting.requestId === requestId);
        if (!webhook) throw new Error(`No webhook of ${requestId} is held`);
        held = held.filter((waiting) => waiting !== webhook);
        await courier.deliver(signed(webhook));
      }
    },
    snapshot: () => ({
      held,
      waiting: [
        ...unresumed,
        ...courier
          .waiting()
          .map(({ webhook: { requestId, url, body }, ...rest }) => ({ requestId, url, body, ...rest })),
      ],
    }),
    resume: (relocate) => {
      held = held.map((webhook) => ({ ...webhook, body: relocate(webhook.body) }));
      for (const { attempt, due, until, ...webhook } of unresumed)
        courier.schedule({ webhook: signed({ ...webhook, body: relocate(webhook.body) }), attempt, due, until });
      unresumed = [];
    },
  };
}

/** Throws for a request that was submitted without one. */
export function webhookUrlOf({ id, webhookUrl }: QueueEntry): string {
  if (!webhookUrl) throw new Error(`Request ${id} has no webhook URL`);
  return webhookUrl;
}
