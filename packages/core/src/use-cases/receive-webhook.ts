import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { InboxDelivery } from "../domain/inbox-delivery.ts";
import { sha256 } from "../domain/sha256.ts";
import { withoutUndefined } from "../domain/without-undefined.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Delivery, WebhookReceiver, WebhookRejected } from "../ports/webhook-receiver.ts";
import { atomically } from "./atomically.ts";
import type { WebhookAdmission } from "./admit-webhook.ts";
import { deliveryJob } from "./jobs.ts";

export interface ReceiveWebhook {
  readonly admission: WebhookAdmission;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it came: signatures cover bytes. */
  readonly body: Uint8Array;
  /** Hex SHA-256 of the body, from a host that has it at once: the platform's own way takes a turn of a thread pool. */
  readonly digest?: string | undefined;
}

export type ReceiveWebhookError = WebhookRejected | StorageFailure;

type ReceivePorts = Pick<Ports, "store" | "webhooks" | "clock" | "ids" | "log">;

/**
 * Verifies a delivery and stores it, so that it may be answered; a job does the rest. While the keys are out of reach it
 * is stored unverified, without any effect until they are back.
 */
export function receiveWebhook(
  ports: ReceivePorts,
  { admission, headers, body, digest }: ReceiveWebhook,
): ResultAsync<{ readonly stored: "new" | "known" }, ReceiveWebhookError> {
  const { store, webhooks, clock, ids, log } = ports;
  if (!webhooks) throw new Error("there is no webhook intake");
  const { receiver } = webhooks;
  const { trainingId } = admission;
  return safeTry(async function* () {
    const delivery: Delivery = { headers, body, receivedAt: clock.now() };
    const verified = await receiver.verify(delivery);
    if (verified.isErr() && verified.error.type === "webhook-rejected") {
      log.warn({ trainingId, reason: verified.error.reason }, "a webhook was refused");
      return err(verified.error);
    }
    if (verified.isErr()) log.warn({ trainingId }, "keys out of reach: stored unverified");

    const row: InboxDelivery = {
      id: ids.next(),
      source: receiver.source,
      requestId: receiver.requestId(delivery) ?? "",
      digest: digest ?? (await sha256(body)),
      trainingId,
      headers: headersToKeep(receiver, headers),
      body,
      receivedAt: delivery.receivedAt,
      verified: verified.isOk(),
    };
    return atomically(store, (tx) =>
      safeTry(async function* () {
        const stored = yield* tx.inbox.insert(row);
        if (stored === "new") yield* tx.jobs.enqueue(deliveryJob(row));
        return ok({ stored });
      }),
    );
  });
}

const headersToKeep = (receiver: WebhookReceiver, headers: Delivery["headers"]): Record<string, string> =>
  withoutUndefined(Object.fromEntries(receiver.headers.map((name) => [name, headers[name]])));
