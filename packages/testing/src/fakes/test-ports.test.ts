import { expect, it } from "vitest";
import { avatarKinds, freeOfCharge } from "@likeness/core";
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
  expect(ports.profiles.style.photos).toStrictEqual({ minimum: 2, maximum: 3 });
  expect(ports.webhooks).toBeUndefined();
});

it("starts alone every time", async () => {
  const avatar = anAvatar();
  await valueOf(testPorts().ports.store.avatars.save(avatar));
  expect(await valueOf(testPorts().ports.store.avatars.find(avatar.id))).toBeUndefined();
});
