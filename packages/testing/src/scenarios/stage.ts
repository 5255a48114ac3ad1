import {
  createLikeness,
  isTraining,
  requestOf,
  type Avatar,
  type ImagePorts,
  type JobQueue,
  type Likeness,
  type LikenessPorts,
  type Policy,
  type Ports,
  type ProviderRequest,
  type ReceiveWebhookError,
  type Store,
  type Training,
  type WebhookEvent,
  type OrderStatus,
} from "@likeness/core";
import type { Result } from "neverthrow";
import { expect, onTestFinished } from "vitest";
import type { TestClock } from "../clock/test-clock.ts";
import { ownTime, type ContractTime } from "../contracts/contract-time.ts";
import { signedDelivery, type SignedDeliveryOptions } from "../fakes/signed-delivery.ts";
import { testPorts, type TestPorts } from "../fakes/test-ports.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { valueOf } from "../results/value-of.ts";
import { expectIds } from "./expect-ids.ts";
import { pictureKind } from "./picture-kind.ts";

/**
 * Makes an empty storage that uses the given clock; it closes what it opens with `onTestFinished`. A storage that does
 * I/O registers itself with the clock's `waitFor`.
 */
export type CreateStorage = (clock: TestClock) => Promise<{ readonly store: Store; readonly queue: JobQueue }>;

/** Likeness on one storage, with fakes for everything else, and helpers for the common steps of scenarios. */
export interface Stage extends Omit<TestPorts, "clock" | "storage"> {
  readonly likeness: Likeness;
  readonly store: Store;
  readonly time: ContractTime;
  /** Stops, and goes on as a deployment with other ports. */
  restart(changes: Partial<LikenessPorts>): Promise<void>;
  /** The one that runs now: `likeness`, or the last one that was started again. */
  running(): Likeness;
  /** An avatar of `owner` with a number of accepted photos; by default enough for a training. */
  draft(photos?: number): Promise<Avatar>;
  /** A training that was just ordered. */
  ordered(): Promise<Training>;
  /** A training that the provider has, and its handle there. */
  submitted(): Promise<{ readonly training: Training; readonly request: ProviderRequest }>;
  avatar(id: string): Promise<Avatar | undefined>;
  training(id: string): Promise<Training>;
  untilStatus(orderId: string, status: OrderStatus): Promise<Training>;
  /** Delivers a webhook about an order at its own address. */
  deliver(
    orderId: string,
    event: WebhookEvent,
    options?: SignedDeliveryOptions,
  ): Promise<Result<{ readonly stored: "new" | "known" }, ReceiveWebhookError>>;
  /** Waits until every delivery has an outcome. */
  untilSettled(): Promise<void>;
}

export const owner = "owner:1";

export const endOfTime = "9999-12-31T23:59:59.999Z";

/** Short times, so that a scenario that waits for a deadline needs few steps of the clock. */
const shortTimes: Partial<Policy> = {
  unknownDeadlineSeconds: 300,
  trainingDeadlineSeconds: 600,
  requestDeadlineSeconds: 300,
};

export const photoLimits = { minimum: 3, maximum: 5 };

/** Ports instead of the fakes, and times instead of the short ones. */
export interface StageOverrides extends Partial<Omit<Ports, "policy">> {
  readonly policy?: Partial<Policy>;
  /** Image ports instead of those of the fakes. */
  readonly changeImages?: Partial<ImagePorts>;
}

/** `overrides` may be made of what `create` has returned. */
export async function openStage<Storage extends Pick<Ports, "store" | "queue">>(
  create: (clock: TestClock) => Promise<Storage>,
  overrides: StageOverrides | ((storage: Storage) => StageOverrides) = {},
): Promise<Stage> {
  const time = ownTime();
  const { clock } = time;
  const storage = await create(clock);
  const { store, queue } = storage;
  const given = typeof overrides === "function" ? overrides(storage) : overrides;
  const { policy: otherTimes, changeImages, ...otherPorts } = given;
  const profiles = someProfiles(photoLimits);
  const { storage: _unused, clock: _same, ports: own, ...fakes } = testPorts({ store, queue, clock, profiles });
  const kinds = { ...own.kinds, [pictureKind.name]: pictureKind };
  const images = own.images && { ...own.images, ...changeImages };
  const ports: Ports = {
    ...own,
    kinds,
    images,
    ...otherPorts,
    policy: { ...own.policy, ...shortTimes, ...otherTimes },
  };
  const likeness = createLikeness(ports);
  let running = likeness;
  onTestFinished(() => expectIds(fakes.log.entries));
  await valueOf(likeness.start());
  const stop = async (): Promise<void> => {
    let stopped = false;
    void running.stop({ graceMs: 0 }).then(() => (stopped = true));
    // Needed because a scenario may leave a paid request without an answer.
    await time.until("it has stopped", () => stopped);
  };
  onTestFinished(stop);

  const training: Stage["training"] = async (id) => {
    const found = await valueOf(store.orders.find(id));
    if (!isTraining(found)) throw new Error(`there is no training ${id}`);
    return found;
  };
  const untilStatus: Stage["untilStatus"] = async (id, status) => {
    await time.until(`the training is ${status}`, async () => (await training(id)).state.status === status);
    return training(id);
  };
  const draft: Stage["draft"] = async (photos = photoLimits.minimum) => {
    const { id } = await valueOf(
      likeness.avatars.create({ actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" }),
    );
    for (let count = 0; count < photos; count++)
      await valueOf(likeness.photos.add({ actor: owner, avatarId: id, bytes: photoBytes() }));
    const avatar = await valueOf(store.avatars.find(id));
    if (!avatar) throw new Error(`there is no avatar ${id}`);
    return avatar;
  };
  const ordered: Stage["ordered"] = async () => {
    const { id: avatarId } = await draft();
    return valueOf(likeness.trainings.start({ actor: owner, avatarId }));
  };

  return {
    ...fakes,
    ports,
    likeness,
    store,
    time,
    restart: async (changes) => {
      await stop();
      running = createLikeness({ ...ports, ...changes });
      await valueOf(running.start());
    },
    running: () => running,
    draft,
    ordered,
    submitted: async () => {
      const { id } = await ordered();
      const submitted = await untilStatus(id, "submitted");
      const request = requestOf(submitted);
      if (!request) throw new Error("a submitted training has a request");
      return { training: submitted, request };
    },
    avatar: (id) => valueOf(store.avatars.find(id)),
    training,
    untilStatus,
    deliver: async (orderId, event, options) => {
      const { headers, body } = signedDelivery(event, { receivedAt: clock.now(), ...options });
      const address = new URL((await ports.webhooks?.address.urlFor(orderId)) ?? "");
      const token = address.searchParams.get("token") ?? "";
      const admission = await valueOf(running.webhooks.admit({ orderId, token }));
      return running.webhooks.receive({ admission, headers, body });
    },
    untilSettled: () =>
      time.until("every delivery is settled", async () => {
        const open = await valueOf(store.inbox.unsettledBefore(endOfTime, 1));
        return open.length === 0;
      }),
  };
}

/** What has to be true at the end of every scenario. */
export async function expectInvariants({
  store,
  provider,
  notifier,
}: Pick<Stage, "store" | "provider" | "notifier">): Promise<void> {
  expect(new Set(provider.accepted).size, "no order was paid twice").toBe(provider.accepted.length);
  expect(await valueOf(store.inbox.unsettledBefore(endOfTime, 10)), "no delivery is left").toStrictEqual([]);
  const told = notifier.attempts.map(({ orderId, content }) => `${orderId} ${content.template}`);
  expect(new Set(told).size, "nothing was told twice").toBe(told.length);
}

/** The logged errors about a delivery. */
export const alarmsOf = ({ log }: Pick<Stage, "log">): string[] =>
  log.entries.filter(({ level, fields }) => level === "error" && "deliveryId" in fields).map(({ message }) => message);
