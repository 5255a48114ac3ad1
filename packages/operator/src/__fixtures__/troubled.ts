import { addSeconds, createLikeness, type Likeness, type Training } from "@likeness/core";
import {
  aModel,
  anAvatar,
  anInboxDelivery,
  aNotification,
  aTraining,
  testPorts,
  testStart,
  valueOf,
  type TestPorts,
} from "@likeness/testing";

/** A deployment in which each of these needs a person, an hour after it began. */
export interface Troubled {
  readonly likeness: Likeness;
  readonly fakes: TestPorts;
  readonly unknown: string;
  readonly late: string;
  readonly uncopied: string;
  readonly delivery: string;
  readonly message: string;
}

/** What a service said, as it should never reach a terminal or a page. */
export const hostile = "\u001B[2J\u001B]0;owned\u0007<script>alert(1)</script>\r\nnew line \u202Eright to left";

export async function troubled(): Promise<Troubled> {
  const fakes = testPorts();
  const { store } = fakes.ports;
  const settledAt = addSeconds(testStart, 60);
  const copied = aModel({ config: undefined });
  const unknown = aTraining("unknown");
  const late = aTraining("failed");
  const lateOutcome = { ...copied, weights: { ...copied.weights, blobKey: "a".repeat(64) } };
  const uncopied = withoutWork(aTraining("succeeded"));
  const orders = [
    unknown,
    withoutWork({ ...late, state: { ...late.state, lateOutcome } as Training["state"] }),
    uncopied,
  ];
  for (const order of orders) {
    await valueOf(store.avatars.save(anAvatar({ id: order.avatarId, ownerId: order.ownerId })));
    await valueOf(store.orders.save(order));
  }
  const delivery = anInboxDelivery({ outcome: "malformed", settledAt, requestId: hostile });
  await valueOf(store.inbox.insert(delivery));
  const message = aNotification({
    orderId: late.id,
    avatarId: late.avatarId,
    state: { status: "dead", detail: hostile },
  });
  await valueOf(store.outbox.insert(message));
  await fakes.clock.advance(3_600);
  const ids = { unknown: unknown.id, late: late.id, uncopied: uncopied.id, delivery: delivery.id, message: message.id };
  return { likeness: createLikeness(fakes.ports), fakes, ...ids };
}

const withoutWork = (training: Training): Training => ({ ...training, nextCheckAt: undefined, deadlineAt: undefined });
