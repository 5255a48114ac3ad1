import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { addSeconds, createLikeness, toNodeListener, type AuditEntry } from "@likeness/core";
import { operatorPage } from "@likeness/operator";
import {
  anAcceptedPhoto,
  anInboxDelivery,
  aSnapshot,
  storeTroubles,
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
  const manifest = [{ file: "photo_001.jpg", blobKey, bytes: bytes.byteLength }];
  const { late } = await storeTroubles(store, {
    words: hostile,
    late: { avatarId, ownerId: `telegram:42${hostile}`, snapshot: aSnapshot({ manifest }) },
  });
  if (photo.state.status === "accepted")
    await valueOf(store.photos.save({ ...photo, state: { ...photo.state, blobKey } }));
  for (let count = 0; count < 24; count++)
    await valueOf(
      store.inbox.insert(
        anInboxDelivery({ outcome: "foreign", settledAt: testStart, requestId: `${count}${hostile}` }),
      ),
    );
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
