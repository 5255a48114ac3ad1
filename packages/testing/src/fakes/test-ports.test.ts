import { expect, it } from "vitest";
import { avatarKinds, freeOfCharge } from "@likeness/core";
import { okAsync } from "neverthrow";
import { testClock, testStart, type TestClock } from "../clock/test-clock.ts";
import { anAvatar } from "../fixtures/avatar.ts";
import { aJob } from "../fixtures/job.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { valueOf } from "../results/value-of.ts";
import { testPorts } from "./test-ports.ts";

it("assembles ports whose fakes can be looked into", async () => {
  const { ports, clock, storage, blobs, inspector, provider } = testPorts();
  expect(ports.clock).toBe(clock);
  await valueOf(ports.store.avatars.save(anAvatar({ id: ports.ids.next() })));
  await valueOf(ports.store.jobs.enqueue(aJob()));
  expect(storage.jobs()).toHaveLength(1);
  await valueOf(ports.blobs.put(photoBytes()));
  expect(blobs.blobs.size).toBe(1);
  await valueOf(ports.inspector.inspect(photoBytes()));
  expect(inspector.inspected()).toBe(1);
  expect(provider.submissions).toHaveLength(0);
  expect(Object.keys(ports.profiles).toSorted()).toStrictEqual([...avatarKinds].toSorted());
});

it("takes other ports in place of its own", () => {
  const profiles = someProfiles({ minimum: 2, maximum: 3 });
  const { ports } = testPorts({ credits: freeOfCharge, profiles, webhooks: undefined });
  expect(ports.credits).toBe(freeOfCharge);
  expect(ports.profiles.style?.photos).toStrictEqual({ minimum: 2, maximum: 3 });
  expect(ports.webhooks).toBeUndefined();
});

it("gives out every port that it was given, beside the ports as well, and lets the others go by its clock", async () => {
  const given = testPorts();
  const overrides = { ...given.ports, clock: testClock("2030-01-01T00:00:00.000Z") };
  const { ports, storage: _storage, receiver, pictures: _pictures, ...behind } = testPorts(overrides);
  expect(ports).toStrictEqual(overrides);
  expect(receiver).toBe(given.receiver);
  for (const [name, port] of Object.entries(behind))
    expect([name, port]).toStrictEqual([name, overrides[name as keyof typeof behind]]);
  const { advance }: TestClock = behind.clock;

  const { storage: dated, ports: others } = testPorts({ clock: overrides.clock });
  const ran: string[] = [];
  await valueOf(others.queue.start({ [aJob().kind]: ({ key }) => (ran.push(key), okAsync({ type: "done" })) }));
  await valueOf(others.queue.enqueue(aJob({ key: "later", runAt: "2030-01-01T00:01:00.000Z" })));
  await advance(30);
  expect([ran, dated.jobs().length]).toStrictEqual([[], 1]);
  await advance(31);
  expect(ran).toStrictEqual(["later"]);
  await valueOf(others.queue.stop({ graceMs: 0 }));
});

it("keeps the fake of a port that is given as undefined, unless it may be absent", () => {
  const { ports, clock, photoSource, receiver } = testPorts({
    clock: undefined,
    store: undefined,
    photoSource: undefined,
    webhooks: undefined,
  });
  const own: TestClock = clock;
  expect(own.now()).toBe(testStart);
  expect(ports.clock).toBe(own);
  expect([photoSource, receiver]).toStrictEqual([undefined, undefined]);
});

it("starts alone every time", async () => {
  const avatar = anAvatar();
  await valueOf(testPorts().ports.store.avatars.save(avatar));
  expect(await valueOf(testPorts().ports.store.avatars.find(avatar.id))).toBeUndefined();
});
