import { randomBytes } from "node:crypto";
import type { Timers } from "@likeness/fake-server/timers";
import type { FakeRun } from "./runs.ts";
import { signReplicateWebhook } from "./sign-replicate-webhook.ts";

export interface ReplicateFakeDelivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Absent: nobody answered. */
  readonly status?: number | undefined;
}

/** Seconds after the end at which a webhook is tried again that was not answered with 2xx; then it is lost. */
const attempts = [0, 5, 15, 35, 60];

/** A secret of an account. */
export const newSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;

/** Replicate's own limit is not documented. */
const answerMilliseconds = 10_000;

/** Signs and delivers the webhook of each run that has ended. */
export function webhooks(time: Timers, deliver: typeof fetch, secrets: () => readonly string[]) {
  const deliveries: ReplicateFakeDelivery[] = [];
  let waiting = 0;

  const attempt = async (url: string, id: string, body: string): Promise<boolean> => {
    const headers = {
      "content-type": "application/json",
      ...signReplicateWebhook({ secrets: secrets(), id, timestamp: time.date(), body }),
    };
    const signal = AbortSignal.any([time.closing, AbortSignal.timeout(answerMilliseconds)]);
    const init = { method: "POST", headers, body, redirect: "manual", signal } as const;
    const status = await deliver(url, init).then(
      (response) => response.status,
      () => undefined,
    );
    deliveries.push({ url, headers, body, status });
    return status !== undefined && status >= 200 && status < 300;
  };

  /** Resolves after the first attempt. */
  const send = async (url: string, id: string, body: string, from = 0): Promise<void> => {
    const [now = 0, next] = attempts.slice(from);
    const isTaken = await attempt(url, id, body);
    if (isTaken || next === undefined) waiting -= 1;
    else time.after((next - now) * 1000, () => void send(url, id, body, from + 1));
  };

  return {
    deliveries,
    /** Webhooks that were not taken yet and are tried again. */
    waiting: (): number => waiting,
    announce: async ({ webhook, behaviour }: FakeRun, shown: unknown): Promise<void> => {
      if (webhook === undefined || behaviour.webhook === "none") return;
      const id = `msg_${randomBytes(12).toString("hex")}`;
      const body = JSON.stringify(shown);
      const copies = behaviour.webhook === "twice" ? 2 : 1;
      waiting += copies;
      await Promise.all(Array.from({ length: copies }, () => send(webhook, id, body)));
    },
  };
}
