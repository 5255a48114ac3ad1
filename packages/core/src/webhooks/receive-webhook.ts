import { err, errAsync, fromSafePromise, ok, safeTry, type ResultAsync } from "neverthrow";
import { digestOf, sha256 } from "../blobs/sha256.ts";
import { deliveryJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { BoundPorts, Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories, Store } from "../ports/store.ts";
import type { Delivery, WebhookReceiver, WebhookRejected } from "../ports/webhook-receiver.ts";
import { holdOrder } from "../orders/change-order.ts";
import { eraseJob } from "../orders/erase-at-provider.ts";
import { addSeconds } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { InboxDelivery } from "./inbox-delivery.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { judgeAccount, listForeign } from "./judge-account.ts";
import { receiverOf } from "./receiver-of.ts";

declare const admitted: unique symbol;

/** Proof that the address of a delivery was made by us, for this order. Only `admitWebhook` returns one. */
export interface WebhookAdmission {
  readonly orderId: string;
  readonly [admitted]: true;
}

/** The address was not made by us. */
export interface WebhookNotFound {
  readonly type: "webhook-not-found";
}

export interface AdmitWebhook {
  readonly orderId: string;
  readonly token: string;
}

/** Checks the address of a delivery, before its body is read. Touches neither database nor network. */
export function admitWebhook(
  { webhooks }: Pick<Ports, "webhooks">,
  { orderId, token }: AdmitWebhook,
): ResultAsync<WebhookAdmission, WebhookNotFound> {
  if (!webhooks) return errAsync({ type: "webhook-not-found" });
  return fromSafePromise(webhooks.address.accepts(orderId, token)).andThen((accepted) =>
    accepted ? ok({ orderId } as WebhookAdmission) : err({ type: "webhook-not-found" } as const),
  );
}

export interface ReceiveWebhook {
  readonly admission: WebhookAdmission;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as raw bytes, because signatures cover those. */
  readonly body: Uint8Array;
  /** Hex SHA-256 of the body, if the host can compute it synchronously; otherwise it is computed with Web Crypto. */
  readonly digest?: string | undefined;
}

/**
 * The delivery cannot be verified now and is not stored: it is too long, too many unverified deliveries of this
 * order are stored already, or there is no such order. The provider sends it again.
 */
export interface WebhookDeferred {
  readonly type: "webhook-deferred";
  readonly reason: "too-large" | "too-many" | "unknown-order";
}

export type ReceiveWebhookError = WebhookRejected | WebhookDeferred | StorageFailure;

/**
 * Limits of unverified deliveries: bytes of a body, and distinct deliveries of one order. An order's outcome takes
 * a kilobyte, and a provider that repeats a delivery sends the same bytes.
 */
const unverifiedLimits = { bytes: 16_384, deliveries: 5 } as const;

type ReceivePorts = Pick<BoundPorts, "store" | "webhooks" | "provider" | "clock" | "ids" | "policy" | "log">;

/**
 * Verifies a delivery and stores it, after which the host answers it; a job applies it. While the keys cannot be
 * fetched, or it is not known yet which account is ours, it is stored unverified, within narrow limits, and has no effect until it is verified. One about an order that
 * was erased is answered and not stored.
 */
export function receiveWebhook(
  ports: ReceivePorts,
  { admission, headers, body, digest }: ReceiveWebhook,
): ResultAsync<{ readonly stored: "new" | "known" }, ReceiveWebhookError> {
  const { store, webhooks, clock, ids, log } = ports;
  if (!webhooks) throw new Error("there is no webhook intake");
  const { orderId } = admission;
  return safeTry(async function* () {
    const delivery: Delivery = { headers, body, receivedAt: clock.now() };
    const receiver = receiverOf(webhooks, delivery);
    const verified = await receiver.verify(delivery);
    if (verified.isErr() && verified.error.type === "webhook-rejected") {
      log.warn({ orderId, reason: verified.error.reason }, "a webhook was refused");
      return err(verified.error);
    }
    const whose = verified.isOk()
      ? yield* judgeAccount(ports, receiver, { orderId, delivery: verified.value })
      : "unknown";
    if (verified.isOk() && whose === "another") {
      yield* listForeign(ports, receiver, { orderId, delivery: verified.value });
      return err(refusedAccount);
    }
    const why = verified.isOk() ? "our account is not known yet" : "keys out of reach";
    const row: InboxDelivery = {
      id: ids.next(),
      source: receiver.source,
      requestId: receiver.requestId(delivery) ?? "",
      digest: digest ?? (await sha256(body)),
      orderId,
      headers: headersToKeep(receiver, headers),
      body,
      receivedAt: delivery.receivedAt,
      verified: whose === "ours",
    };
    if (!row.verified && body.byteLength > unverifiedLimits.bytes) return deferred(ports, orderId, "too-large", why);
    const kept = row.verified ? yield* keepDelivery(ports, row) : yield* keepUnverified(store, row);
    if (kept === "erased") {
      yield* atomically(store, (tx) => noteRequest(tx, ports, row));
      log.info({ orderId, requestId: row.requestId }, "a webhook about an erased order is not kept");
      return ok({ stored: "known" } as const);
    }
    if (kept === "too-many" || kept === "unknown-order") return deferred(ports, orderId, kept, why);
    if (!row.verified && kept === "new") log.warn({ orderId, deliveryId: row.id }, `${why}: stored unverified`);
    return ok({ stored: kept });
  });
}

/** Holds the avatar, so that concurrent deliveries are counted one after the other. */
const keepUnverified = (store: Store, row: InboxDelivery) =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const { orderId = "" } = row;
      if (!(yield* holdOrder(tx, orderId))) return ok("unknown-order" as const);
      const before = yield* tx.inbox.countUnverified(orderId);
      const stored = yield* tx.inbox.insert(row);
      if (stored === "known") return ok(stored);
      if (before >= unverifiedLimits.deliveries) return tx.inbox.delete(row.id).map(() => "too-many" as const);
      return tx.jobs.enqueue(deliveryJob(row)).map(() => stored);
    }),
  );

/**
 * If nobody knew yet that the provider accepted an order that was erased, because the process died that was told so, the
 * provider whose webhook this is is now asked to erase its request, if it can.
 */
const noteRequest = (
  tx: Repositories,
  { provider, clock, policy }: ReceivePorts,
  { orderId = "", requestId, source }: InboxDelivery,
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const erased = yield* tx.erasures.findOrder(orderId);
    const digest = await digestOf(requestId);
    if (!erased || !provider.canErase(source) || requestId === "" || erased.requestId === digest) return ok(undefined);
    const { endpoint } = erased;
    const until = addSeconds(clock.now(), policy.erasureDeadlineSeconds);
    yield* tx.jobs.enqueue(eraseJob({ trace: { orderId, provider: source, endpoint, requestId }, until }));
    return tx.erasures.noteOrder({ ...erased, requestId: digest });
  });

const refusedAccount: WebhookRejected = { type: "webhook-rejected", reason: "foreign-account" };

function deferred({ log }: Pick<BoundPorts, "log">, orderId: string, reason: WebhookDeferred["reason"], why: string) {
  log.warn({ orderId, reason }, `${why}: not kept`);
  return err({ type: "webhook-deferred", reason } as const);
}

const headersToKeep = (receiver: WebhookReceiver, headers: Delivery["headers"]): Record<string, string> =>
  withoutUndefined(Object.fromEntries(receiver.headers.map((name) => [name, headers[name]])));
