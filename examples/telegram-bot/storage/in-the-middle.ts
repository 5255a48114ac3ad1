import { createLikeness, systemClock, uuidV7, type Likeness, type Notifier, type OrderStatus } from "@likeness/core";
import { aModel, photoBytes, recordingLog, signedDelivery, someProfiles, testPorts, valueOf } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { vi, type TestContext } from "vitest";
import type { DatabaseLocation } from "../settings/locations.ts";
import { openStorage } from "./open-storage.ts";
import type { Storage } from "./storage.ts";

const actor = "telegram:1";

/** A message whose process ended in the middle of an attempt is sent again after `notifyAttemptSeconds`. */
const policy = {
  // One owner has an order in every status.
  maxParallelOrders: 100,
  maxOrdersPerDay: 100,
  pollSeconds: 1,
  pollMaxSeconds: 1,
  sweepSeconds: 1,
  copyWaitSeconds: 1,
  submitTimeoutSeconds: 5,
  notifyAttemptSeconds: 5,
};

/** The outside world of the storage, which outlives a process. */
export type Surroundings = ReturnType<typeof surroundings>;

export function surroundings() {
  const sent: string[] = [];
  const network = { telegramWaits: true, answerSubmit: (): void => undefined };
  const notifier: Notifier = {
    send: ({ orderId, content }) => {
      if (network.telegramWaits) return okAsync({ type: "retry-at", at: systemClock.now() });
      sent.push(`${orderId} ${content.template}`);
      return okAsync({ type: "sent" });
    },
  };
  return { ...testPorts({ notifier, profiles: someProfiles({ minimum: 1, maximum: 3 }) }), sent, network };
}

/** The bot's storage, with fakes for everything else. */
export interface Process {
  readonly likeness: Likeness;
  readonly storage: Storage;
  end(): Promise<void>;
}

export async function startProcess(
  { ports }: Surroundings,
  database: DatabaseLocation,
  { onTestFinished }: TestContext,
): Promise<Process> {
  const log = recordingLog();
  const storage = await openStorage(database, systemClock, log);
  const { store, queue } = storage;
  const likeness = createLikeness({
    ...ports,
    store,
    queue,
    log,
    clock: systemClock,
    ids: uuidV7(systemClock),
    policy,
  });
  await valueOf(likeness.start());
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await likeness.stop({ graceMs: 1_000 });
    await storage.close();
  };
  const endOnce = (): Promise<void> => (ended ??= end());
  onTestFinished(endOnce);
  return { likeness, storage, end: endOnce };
}

export const until = (condition: () => boolean | Promise<boolean>): Promise<unknown> =>
  vi.waitUntil(condition, { timeout: 100_000, interval: 50 });

/** The ids of the unfinished rows. */
export interface Middle {
  readonly trainings: readonly string[];
  /** The training whose end only a stored delivery tells. */
  readonly delivered: string;
  readonly photo: string;
}

/**
 * Leaves a training in every unfinished state, a delivery that cannot be verified yet, a message that Telegram does not
 * accept yet, and a photo that cannot be fetched yet. The jobs for all of them are due only in minutes.
 */
export async function inTheMiddle(
  { likeness, storage: { store } }: Process,
  { provider, photoSource, receiver, network, ports }: Surroundings,
): Promise<Middle> {
  const draft = async (): Promise<string> => {
    const { id } = await valueOf(
      likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" }),
    );
    await valueOf(likeness.photos.add({ actor, avatarId: id, bytes: photoBytes() }));
    return id;
  };
  const order = async (): Promise<string> =>
    (await valueOf(likeness.trainings.start({ actor, avatarId: await draft() }))).id;
  const is = async (id: string, status: OrderStatus): Promise<unknown> =>
    until(async () => (await valueOf(store.orders.find(id)))?.state.status === status);

  const succeeded = await order();
  await is(succeeded, "submitted");
  succeedAll(provider, []);
  await is(succeeded, "succeeded");

  const delivered = await order();
  await is(delivered, "submitted");
  receiver.setKeysAvailable(false);
  const token = new URL((await ports.webhooks?.address.urlFor(delivered)) ?? "").searchParams.get("token") ?? "";
  const requestId = provider.requests[provider.accepted.indexOf(delivered)]?.requestId ?? "";
  const news = { type: "succeeded", requestId, outcome: aModel() } as const;
  const admission = await valueOf(likeness.webhooks.admit({ orderId: delivered, token }));
  await valueOf(likeness.webhooks.receive({ admission, ...signedDelivery(news, { receivedAt: systemClock.now() }) }));

  const submitted = await order();
  await is(submitted, "submitted");

  const answered = new Promise<void>((resolve) => (network.answerSubmit = resolve));
  provider.answerNextSubmit("accept-silently", () => answered);
  const submitting = await order();
  await is(submitting, "submitting");
  await until(() => provider.accepted.includes(submitting));

  provider.answerNextSubmit({ type: "submit-deferred", retryAfterSeconds: 10, detail: "busy" });
  const requested = await order();
  await until(() => provider.submissions.length === 5);
  await is(requested, "requested");

  photoSource.failNext({ type: "source-unavailable", detail: "down", retryAfterSeconds: 600 });
  const reference = photoSource.offer("late", photoBytes());
  const { id: photo } = await valueOf(likeness.photos.submit({ actor, avatarId: await draft(), reference }));
  await until(() => photoSource.fetched.length === 1);

  return { trainings: [succeeded, delivered, submitted, submitting, requested], delivered, photo };
}

/** Lets the provider report all trainings as finished, except these. */
export function succeedAll({ requests, accepted, report }: Surroundings["provider"], silent: readonly string[]): void {
  for (const [index, { requestId }] of requests.entries())
    if (!silent.includes(accepted[index] ?? "")) report(requestId, { type: "succeeded", outcome: aModel() });
}
