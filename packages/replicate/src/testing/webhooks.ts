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

/** Signs and delivers the webhook of each run that has ended. */
export function webhooks(time: Timers, deliver: typeof fetch, secrets: () => readonly string[]) {
  const deliveries: ReplicateFakeDelivery[] = [];

  const attempt = async (url: string, id: string, body: string): Promise<boolean> => {
    const headers = {
      "content-type": "application/json",
      ...signReplicateWebhook({ secrets: secrets(), id, timestamp: time.date(), body }),
    };
    const init = { method: "POST", headers, body, redirect: "manual", signal: time.closing } as const;
    const status = await deliver(url, init).then(
      (response) => response.status,
      () => undefined,
    );
    deliveries.push({ url, headers, body, status });
    return status !== undefined && status >= 200 && status < 300;
  };

  const send = (url: string, id: string, body: string, from = 0): void => {
    const [now = 0, next] = attempts.slice(from);
    void attempt(url, id, body).then((isTaken) => {
      if (isTaken || next === undefined) return;
      time.after((next - now) * 1000, () => send(url, id, body, from + 1));
    });
  };

  return {
    deliveries,
    announce: ({ webhook, behaviour }: FakeRun, shown: unknown): void => {
      if (webhook === undefined || behaviour.webhook === "none") return;
      const id = `msg_${randomBytes(12).toString("hex")}`;
      const body = JSON.stringify(shown);
      send(webhook, id, body);
      if (behaviour.webhook === "twice") send(webhook, id, body);
    },
  };
}
