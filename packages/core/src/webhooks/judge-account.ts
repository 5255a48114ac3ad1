import { ok, safeTry, type ResultAsync } from "neverthrow";
import { requestOf } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { VerifiedDelivery, WebhookReceiver } from "../ports/webhook-receiver.ts";
import { cleanText } from "../values/clean-text.ts";
import { digestOf } from "../blobs/sha256.ts";
import { findAccount, learnAccount } from "./provider-account.ts";

/** `unknown`: no delivery has proved yet which account is ours. */
export type WhoseAccount = "ours" | "another" | "unknown";

type AccountReceiver = Pick<WebhookReceiver, "source" | "accountOf">;

interface AboutDelivery {
  readonly orderId: string;
  readonly delivery: VerifiedDelivery;
}

type JudgePorts = Pick<Ports, "store" | "clock" | "ids" | "log">;

/**
 * Whether a delivery is signed for our account. The first one that names the request which the provider has given us for
 * the order of its address proves the account; its signature and the token of its address are checked before this.
 */
export const judgeAccount = (
  { store, clock, log }: JudgePorts,
  receiver: AccountReceiver,
  { orderId, delivery }: AboutDelivery,
): ResultAsync<WhoseAccount, StorageFailure> =>
  safeTry(async function* () {
    const { source } = receiver;
    const stated = receiver.accountOf?.(delivery);
    if (stated === undefined) return ok("ours" as const);
    const known = yield* findAccount(store.sessions, source);
    if (known) return ok(known.account === stated ? ("ours" as const) : ("another" as const));

    const order = yield* store.orders.find(orderId);
    const isNamed =
      order !== undefined && order.provider === source && requestOf(order)?.requestId === delivery.requestId;
    if (!isNamed) return ok("unknown" as const);
    const learned = { account: stated, by: "delivery", since: clock.now() } as const;
    const stands = yield* learnAccount(store.sessions, source, learned);
    if (stands?.account !== stated) return ok("another" as const);
    log.info({ source, orderId, account: cleanText(stated) }, "learned whose webhooks are ours");
    return ok("ours" as const);
  });

/**
 * Lists a delivery that is signed for another account among what needs a person: once for each order and account, so that
 * nobody fills the table. Nothing of its contents is kept.
 */
export const listForeign = (
  { store, clock, ids, log }: JudgePorts,
  receiver: AccountReceiver,
  { orderId, delivery }: AboutDelivery,
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const { source } = receiver;
    const account = receiver.accountOf?.(delivery) ?? "";
    const digest = await digestOf(`account|${account}|${orderId}`);
    const row = { id: ids.next(), source, requestId: "", digest, orderId, headers: {}, body: new Uint8Array() };
    const at = clock.now();
    const times = { receivedAt: delivery.receivedAt, verified: true, outcome: "foreign", settledAt: at } as const;
    const stored = yield* store.inbox.insert({ ...row, ...times });
    const ours = yield* findAccount(store.sessions, source);
    const accounts = { account: cleanText(account), ours: ours && cleanText(ours.account) };
    if (stored === "new")
      log.error({ source, orderId, ...accounts }, "a webhook is signed for another account than ours");
    return ok(undefined);
  });
