import {
  outcomeIn,
  requestOf,
  type NotificationContent,
  type Order,
  type OrderStatus,
  type Outcome,
  type ProviderRequest,
} from "@likeness/core";
import { expect } from "vitest";
import type { LogEntry } from "../clock/recording-log.ts";
import { valueOf } from "../results/value-of.ts";
import { owner, openStage, type CreateStorage, type Stage, type StageOverrides } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** A stage on which orders of one kind are placed. */
export interface OrderStage extends Omit<Stage, "ordered" | "submitted" | "training" | "untilStatus"> {
  /** An order that was just placed, of a new avatar. */
  ordered(): Promise<Order>;
  /** An order that the provider has, and its handle there. */
  submitted(): Promise<{ readonly order: Order; readonly request: ProviderRequest }>;
  /** An order that has just succeeded; what it yielded is still at the provider. */
  succeeded(outcome?: Outcome): Promise<Order>;
  /** One that has succeeded and is copied, with nothing left to do. */
  finished(outcome?: Outcome): Promise<Order>;
  /** Erases an order with its avatar. */
  erase(order: Order): ReturnType<Stage["likeness"]["avatars"]["erase"]>;
  order(id: string): Promise<Order>;
  untilStatus(orderId: string, status: OrderStatus): Promise<Order>;
  /** Waits until the provider has put off the submission of an order. */
  untilPutOff(orderId: string): Promise<void>;
  /** Waits until no work is left for an order. */
  untilFinished(orderId: string): Promise<Order>;
  /** Whether our blobs have a file of what an order yielded, in time or late; by default the main one. */
  isCopied(orderId: string, file?: string): Promise<boolean>;
  /** The fields of the logged errors about copies. */
  alarmsAboutCopies(): readonly LogEntry["fields"][];
  /** What owners were told, in order. */
  told(): readonly NotificationContent[];
  /** Waits until owners were told as many messages, and expects just these. */
  untilTold(...messages: readonly NotificationContent[]): Promise<void>;
}

export async function openOrderStage(
  create: CreateStorage,
  kind: TestedKind,
  overrides: StageOverrides = {},
): Promise<OrderStage> {
  const {
    ordered: _,
    submitted: _own,
    training: _also,
    untilStatus: _too,
    ...stage
  } = await openStage(create, overrides);
  const { store, time, notifier, provider, blobs, log, likeness } = stage;

  const order: OrderStage["order"] = async (id) => {
    const found = await valueOf(store.orders.find(id));
    if (!found) throw new Error(`there is no order ${id}`);
    return found;
  };
  const untilStatus: OrderStage["untilStatus"] = async (id, status) => {
    await time.until(`the order is ${status}`, async () => (await order(id)).state.status === status);
    return order(id);
  };
  const ordered: OrderStage["ordered"] = async () => {
    const { id: avatarId } = await stage.draft(kind.photos);
    return valueOf(kind.place(stage, { avatarId }));
  };
  const submitted: OrderStage["submitted"] = async () => {
    const { id } = await ordered();
    const accepted = await untilStatus(id, "submitted");
    const request = requestOf(accepted);
    if (!request) throw new Error("a submitted order has a request");
    return { order: accepted, request };
  };
  const succeeded: OrderStage["succeeded"] = async (outcome = kind.outcome()) => {
    const { order: given, request } = await submitted();
    provider.report(request.requestId, { type: "succeeded", outcome });
    return untilStatus(given.id, "succeeded");
  };
  const untilFinished: OrderStage["untilFinished"] = async (id) => {
    await time.until("nothing is left to do", async () => (await order(id)).nextCheckAt === undefined);
    return order(id);
  };
  const told: OrderStage["told"] = () => notifier.attempts.map(({ content }) => content);

  return {
    ...stage,
    ordered,
    submitted,
    succeeded,
    finished: async (outcome) => untilFinished((await succeeded(outcome)).id),
    erase: ({ avatarId }) => likeness.avatars.erase({ actor: owner, avatarId }),
    order,
    untilStatus,
    untilPutOff: (id) =>
      time.until("it is put off", async () => {
        const { status } = (await order(id)).state;
        return status === "requested" && provider.submissions.some((submission) => submission.order.id === id);
      }),
    untilFinished,
    isCopied: async (id, file = kind.mainFile) =>
      blobs.blobs.has(outcomeIn((await order(id)).state)?.[file]?.blobKey ?? ""),
    alarmsAboutCopies: () =>
      log.entries
        .filter(({ level, message }) => level === "error" && /outcome could not/.test(message))
        .map(({ fields }) => fields),
    told,
    untilTold: async (...messages) => {
      await time.until("the owner is told", () => told().length >= messages.length);
      expect(told()).toStrictEqual(messages);
    },
  };
}
