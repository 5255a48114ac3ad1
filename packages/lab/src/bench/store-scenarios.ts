import { jobKinds, type Repositories, type Store } from "@likeness/core";
import {
  acceptedPhotos,
  aManifest,
  anAvatar,
  anInboxDelivery,
  aSnapshot,
  aTraining,
  testStart,
  valueOf,
} from "@likeness/testing";
import { ResultAsync, safeTry } from "neverthrow";

/** What is done in one transaction. */
export type Work = (tx: Repositories) => ResultAsync<unknown, unknown>;

/** Fills the store with what the transactions will need, and returns one for every time that they will be run. */
export type Scenario = (store: Store, times: number) => Promise<Work[]>;

/** The transaction between a delivery and its answer. */
const storeDelivery: Scenario = async (_store, times) =>
  Array.from({ length: times }, (): Work => {
    const delivery = anInboxDelivery();
    const job = { kind: jobKinds.processDelivery, key: delivery.id, payload: { id: delivery.id } };
    return (tx) => tx.inbox.insert(delivery).andThen(() => tx.jobs.enqueue(job));
  });

/** The largest one: an avatar with ten photos goes into training. */
const startTraining: Scenario = async (store, times) => {
  const works: Work[] = [];
  for (let index = 0; index < times; index++) {
    const draft = await valueOf(store.avatars.save(anAvatar({ photosTaken: 10 })));
    await valueOf(store.atomically((tx) => ResultAsync.combine(acceptedPhotos(draft.id, 10).map(tx.photos.save))));
    const snapshot = aSnapshot({ manifest: aManifest(10) });
    const training = aTraining("requested", { avatarId: draft.id, snapshot, nextCheckAt: testStart });
    works.push((tx) =>
      safeTry(async function* () {
        const held = yield* tx.avatars.hold(draft.id);
        yield* tx.orders.findByIdempotencyKey(training.idempotencyKey);
        yield* tx.photos.listByAvatar(draft.id);
        if (held) yield* tx.avatars.save({ ...held, state: { status: "training", trainingId: training.id } });
        yield* tx.jobs.enqueue({ kind: jobKinds.submitOrder, key: training.id, payload: { id: training.id } });
        return tx.orders.save(training);
      }),
    );
  }
  return works;
};

export const scenarios = { "a delivery is stored": storeDelivery, "a training starts": startTraining };
