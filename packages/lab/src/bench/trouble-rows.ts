import type { Order, Training } from "@likeness/core";
import { aModel, anAvatar, anInboxDelivery, aNotification, aTraining, testStart, valueOf } from "@likeness/testing";
import { errAsync } from "neverthrow";
import type { Storage } from "./storage.ts";

/** Of each list of what needs a person: more than a page. */
export const troubles = 25;

const kind = "bench.fails";

/** Rows that need a person, as many in every database. */
export async function fillWithTroubles({ store, queue }: Storage): Promise<void> {
  const copied = aModel({ config: undefined });
  const lateOutcome = { ...copied, weights: { ...copied.weights, blobKey: "a".repeat(64) } };
  for (let number = 0; number < troubles; number += 1) {
    const late = aTraining("failed");
    const orders = [
      aTraining("unknown"),
      { ...late, state: { ...late.state, lateOutcome } as Training["state"] },
      aTraining("succeeded"),
    ].map(withoutWork);
    for (const order of orders) {
      await valueOf(store.avatars.save(anAvatar({ id: order.avatarId, ownerId: "owner:of troubles" })));
      await valueOf(store.orders.save(order));
    }
    await valueOf(store.inbox.insert(anInboxDelivery({ outcome: "malformed", settledAt: testStart })));
    const dead = { status: "dead", detail: "the chat is gone" } as const;
    await valueOf(store.outbox.insert(aNotification({ avatarId: late.avatarId, state: dead })));
    await valueOf(queue.enqueue({ kind, key: `key:${number}`, payload: null }));
  }
  for (let dead = 0; dead < troubles;) {
    const fails = () => errAsync({ type: "job-failure", permanent: true, cause: "it fails" } as const);
    const jobs = await valueOf(queue.claimDue({ [kind]: fails }, troubles));
    for (const job of jobs) await job.ended;
    dead += jobs.length;
  }
}

/** Nothing that the sweeper would look at. */
const withoutWork = <AnyOrder extends Order>(order: AnyOrder): AnyOrder => ({
  ...order,
  nextCheckAt: undefined,
  deadlineAt: undefined,
});
