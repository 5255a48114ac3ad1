import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { addSeconds, createLikeness, toNodeListener, type AuditEntry, type Training } from "@likeness/core";
import { operatorPage } from "@likeness/operator";
import {
  aModel,
  anAcceptedPhoto,
  anAvatar,
  anInboxDelivery,
  aNotification,
  aTraining,
  testPorts,
  testStart,
  valueOf,
} from "@likeness/testing";
import { asJpeg, develop } from "../samples/develop.ts";
import { personBySeed, portrait } from "../samples/portrait.ts";

/** What people and services may have written. */
const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>${"x".repeat(300)}\u202E`;

export interface Operated {
  readonly port: number;
  readonly token: string;
  /** A training with photos and a late result. */
  readonly late: string;
  /** What operators have done, oldest first. */
  done(): Promise<readonly AuditEntry[]>;
  close(): void;
}

/** A deployment in which something needs a person, and its operator's page on a port. */
export async function operated(): Promise<Operated> {
  const fakes = testPorts();
  const { store, blobs } = fakes.ports;
  const photo = anAcceptedPhoto();
  const bytes = await asJpeg(await develop(portrait(personBySeed(0), 7), 7));
  const blobKey = await valueOf(blobs.put(bytes));
  const { avatarId } = photo;
  const ownerId = `telegram:42${hostile}`;
  await valueOf(store.avatars.save(anAvatar({ id: avatarId, ownerId, name: hostile })));
  if (photo.state.status === "accepted")
    await valueOf(store.photos.save({ ...photo, state: { ...photo.state, blobKey } }));

  const failed = aTraining("failed", { avatarId, ownerId, nextCheckAt: undefined, deadlineAt: undefined });
  const copied = aModel({ config: undefined });
  const lateOutcome = { ...copied, weights: { ...copied.weights, blobKey: "a".repeat(64) } };
  const late: Training = {
    ...failed,
    snapshot: { ...failed.snapshot, manifest: [{ file: "photo_001.jpg", blobKey, bytes: bytes.byteLength }] },
    state: { ...failed.state, lateOutcome } as Training["state"],
  };
  const unknown = aTraining("unknown");
  await valueOf(store.avatars.save(anAvatar({ id: unknown.avatarId, ownerId: unknown.ownerId })));
  for (const order of [late, unknown]) await valueOf(store.orders.save(order));
  for (let count = 0; count < 25; count++)
    await valueOf(
      store.inbox.insert(
        anInboxDelivery({ outcome: "foreign", settledAt: testStart, requestId: `${count}${hostile}` }),
      ),
    );
  const state = { status: "dead", detail: hostile } as const;
  await valueOf(store.outbox.insert(aNotification({ orderId: late.id, avatarId, ownerId, state })));
  await fakes.clock.advance(3_600);

  const { operator } = createLikeness(fakes.ports);
  const token = "0123456789abcdef0123456789abcdef";
  const clock = { ...fakes.clock, now: () => addSeconds(testStart, 3_600) };
  const server = createServer(toNodeListener(operatorPage({ operator, access: { token }, clock }))).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    token,
    late: late.id,
    done: async () => (await valueOf(operator.actions({ limit: 100 }))).items.toReversed(),
    close: () => server.close(),
  };
}
