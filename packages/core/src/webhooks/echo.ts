import { errAsync, fromSafePromise, ok, err, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { WebhookNotFound } from "./receive-webhook.ts";

export interface AdmitEcho {
  readonly echo: string;
  readonly token: string;
}

/** Proof that an echo is ours and of now. */
export interface EchoAdmission {
  /** How long its body is, in bytes: not more is read. */
  readonly bytes: number;
  answer(digest: string): Promise<string>;
}

/** The tolerance of signed webhooks too. */
const echoSeconds = 300;

/** The name of an echo says when it was made and how long its body is; its token covers both. */
export const echoName = (at: Timestamp, bytes: number): string =>
  `${Math.floor(Date.parse(at) / 1_000)}.${crypto.randomUUID()}.${bytes}`;

/** Checks an echo before its body is read. One that is not ours gets the answer of any unknown address. */
export function admitEcho(
  { webhooks, clock }: Pick<Ports, "webhooks" | "clock">,
  { echo, token }: AdmitEcho,
): ResultAsync<EchoAdmission, WebhookNotFound> {
  const seals = webhooks?.address.echoes;
  const [, seconds, length] = /^(\d{1,12})\.[\w-]{36}\.(\d{1,9})$/.exec(echo) ?? [];
  const isNow = Math.abs(Date.parse(clock.now()) / 1_000 - Number(seconds)) <= echoSeconds;
  if (!seals || !isNow) return errAsync({ type: "webhook-not-found" });
  return fromSafePromise(seals.accepts(echo, token)).andThen((accepted) =>
    accepted
      ? ok({ bytes: Number(length), answer: (digest: string) => seals.answerTo(echo, digest) })
      : err({ type: "webhook-not-found" } as const),
  );
}
