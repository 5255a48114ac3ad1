import { addSeconds, type Json } from "@likeness/core";
import { firstAttempt, type Courier, type Letter, type Parcel, type Shipment } from "./courier.ts";
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
  readonly kept?: WebhooksSnapshot;
}

export interface WebhooksSnapshot {
  readonly held: readonly Letter[];
  readonly waiting: readonly (Letter & Omit<Shipment, "parcel">)[];
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
  let held: readonly Letter[] = kept?.held ?? [];
  let unresumed = kept?.waiting ?? [];

  const parcel = ({ requestId, url, body }: Letter): Parcel => ({
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
      const { webhook } = entry.behaviour;
      const body = wireJson(webhookBody(entry.id, answer));
      const letter = {
        requestId: entry.id,
        url: entry.webhookUrl,
        body: webhook === "garbled" ? body.slice(0, body.length / 2) : body,
      };
      const sealed = parcel(letter);
      if (webhook === "lost") return;
      if (webhook === "held") held = [...held, letter];
      else if (typeof webhook === "string") await courier.deliver(sealed);
      else if ("late" in webhook) courier.schedule(firstAttempt(sealed, addSeconds(timers.now(), webhook.late)));
      else if (webhook.parallel)
        await Promise.all(Array.from({ length: webhook.repeat }, () => courier.deliver(sealed)));
      else for (let sent = 0; sent < webhook.repeat; sent++) await courier.deliver(sealed);
    },
    send: (entry, body) =>
      courier.deliver(parcel({ requestId: entry.id, url: webhookUrlOf(entry), body: wireJson(body) })),
    release: async (requestIds = held.map(({ requestId }) => requestId)) => {
      for (const requestId of requestIds) {
        const letter = held.find((waiting) => waiting.requestId === requestId);
        if (!letter) throw new Error(`No webhook of ${requestId} is held`);
        held = held.filter((waiting) => waiting !== letter);
        await courier.deliver(parcel(letter));
      }
    },
    snapshot: () => ({
      held,
      waiting: [
        ...unresumed,
        ...courier
          .waiting()
          .map(({ parcel: { requestId, url, body }, ...rest }) => ({ requestId, url, body, ...rest })),
      ],
    }),
    resume: (relocate) => {
      held = held.map((letter) => ({ ...letter, body: relocate(letter.body) }));
      for (const { attempt, due, until, ...letter } of unresumed)
        courier.schedule({ parcel: parcel({ ...letter, body: relocate(letter.body) }), attempt, due, until });
      unresumed = [];
    },
  };
}

/** Throws for a request that was submitted without one. */
export function webhookUrlOf({ id, webhookUrl }: QueueEntry): string {
  if (!webhookUrl) throw new Error(`Request ${id} has no webhook URL`);
  return webhookUrl;
}
