import { createLikeness, isTraining, type JsonObject, type Likeness } from "@likeness/core";
import { photoBytes, recordingEvents, testPorts, valueOf } from "@likeness/testing";
import { expect, it, onTestFinished } from "vitest";
import { destination, fakeStage, hosts, token } from "../__fixtures__/fake-stage.ts";
import { replicateOutcomeSource } from "../outcomes/replicate-outcome-source.ts";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";
import { fetchedSecret } from "../webhooks/replicate-secrets.ts";
import { replicateWebhooks } from "../webhooks/replicate-webhooks.ts";
import { replicateProvider } from "./replicate-provider.ts";

const actor = "owner:1";
const photos = { minimum: 2, maximum: 3 };

/** The whole SDK at the fake, in memory, for portraits only. `webhooks`: whether Replicate reaches us. */
async function journey(options: { readonly webhooks?: boolean } = {}) {
  const reached: { likeness?: Likeness } = {};
  const deliver: typeof fetch = async (input, init) => {
    if (options.webhooks === false || !reached.likeness) throw new TypeError("fetch failed");
    return reached.likeness.webhooks.handle(new Request(input, init));
  };
  const { fake, fetch, clock } = fakeStage({ deliver, runSeconds: 60 });
  const weightsAddress = (blobKey: string) => `https://files.example/${blobKey}.safetensors?signature=1`;
  const provider = replicateProvider({ token, destination, hosts, fetch, clock, weightsAddress });
  const base = testPorts({ clock, provider, outcomes: replicateOutcomeSource({ hosts, fetch }) });
  const { ports, storage, log, notifier, pictures: inspector } = base;
  const address = ports.webhooks?.address;
  if (!address) throw new Error("there is no address");
  const receiver = replicateWebhooks({ secrets: fetchedSecret({ token, hosts, fetch, clock }), hosts });
  const portrait = { ...replicateProfiles.portrait, photos };
  const started = createLikeness({
    ...ports,
    webhooks: { receiver, address },
    profiles: { portrait },
    images: { recipes: replicateRecipes, inspector },
  });
  reached.likeness = started;
  await valueOf(started.start());
  onTestFinished(async () => void (await started.stop({ graceMs: 0 })));
  const { id: avatarId } = await valueOf(
    started.avatars.create({ actor, kind: "portrait", gender: "female", name: "Ada" }),
  );
  for (let count = 0; count < photos.minimum; count++)
    await valueOf(started.photos.add({ actor, avatarId, bytes: photoBytes() }));
  const training = async (id: string) => {
    const found = await valueOf(ports.store.orders.find(id));
    if (!isTraining(found)) throw new Error(`there is no training ${id}`);
    return found;
  };
  return { likeness: started, fake, clock, avatarId, training, storage, log, notifier, store: ports.store };
}

const isPaid = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === "POST" && /\/(?:trainings|predictions)$/.test(path);

it.each([true, false])("trains an avatar and draws a picture with it, told by webhooks: %s", async (webhooks) => {
  const { likeness, fake, clock, avatarId, training, store } = await journey({ webhooks });
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(300);
  expect((await training(id)).state).toMatchObject({
    status: "succeeded",
    outcome: {
      weights: { url: expect.stringMatching(/flux-lora\.tar$/), blobKey: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
  });
  expect((await valueOf(likeness.avatars.view({ actor, avatarId }))).avatar.state.status).toBe("ready");

  const { id: setId } = await valueOf(likeness.images.generate({ actor, avatarId, words: "in a library" }));
  await clock.advance(120);
  const [order] = await valueOf(store.orders.listBySet(setId));
  const input: JsonObject = order?.snapshot.input ?? {};
  expect(input).toMatchObject({ lora_weights: expect.stringMatching(/\.tar$/), lora_scale: 1, num_outputs: 1 });
  expect(await valueOf(likeness.images.list({ actor }))).toHaveLength(1);
  expect(fake.requests.filter(isPaid)).toHaveLength(2);
});

it("pays once for a training whose answer is lost, and finds it", async () => {
  const { likeness, fake, clock, avatarId, training } = await journey({ webhooks: false });
  fake.control.next({ submit: "drop-after-accepting" });
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(900);
  expect((await training(id)).state.status).toBe("succeeded");
  expect(fake.requests.filter(isPaid)).toHaveLength(1);
});

it.each(["canceled", "aborted"] as const)("tells the owner of a training that was %s at Replicate", async (to) => {
  const { likeness, fake, clock, avatarId, training, notifier } = await journey();
  fake.control.next({ outcome: to });
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(300);
  expect((await training(id)).state).toMatchObject({ status: "failed", reason: "provider_error" });
  expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-failed"]);
});

it("leaves one that its owner cancelled as it is when Replicate reports that", async () => {
  const { likeness, fake, clock, avatarId, training, notifier } = await journey();
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(10);
  await valueOf(likeness.trainings.cancel({ actor, avatarId }));
  await clock.advance(300);
  expect((await training(id)).state.status).toBe("cancelled");
  expect(fake.deliveries.map(({ status }) => status)).toStrictEqual([200]);
  expect(notifier.attempts).toStrictEqual([]);
});

it("draws a picture once more with our copy of the weights when Replicate cannot read its own", async () => {
  const { likeness, fake, clock, avatarId, training, store } = await journey();
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(300);
  const { state } = await training(id);
  const blobKey = state.status === "succeeded" ? state.outcome["weights"]?.blobKey : undefined;
  fake.control.next({ outcome: "input-gone" });
  const { id: setId } = await valueOf(likeness.images.generate({ actor, avatarId, words: "in a library" }));
  await clock.advance(300);
  const orders = await valueOf(store.orders.listBySet(setId));
  expect(orders.map((order) => [order.state.status, order.snapshot.input["lora_weights"]])).toStrictEqual([
    ["failed", expect.stringMatching(/\.tar$/)],
    ["succeeded", `https://files.example/${blobKey}.safetensors?signature=1`],
  ]);
  expect(await valueOf(likeness.images.list({ actor }))).toHaveLength(1);
  expect(fake.requests.filter(isPaid)).toHaveLength(3);
});

it("writes neither keys nor prompts nor where files are, into events and the log, whatever goes wrong", async () => {
  const events = recordingEvents();
  onTestFinished(events.stop);
  const { likeness, fake, clock, avatarId, training, log } = await journey();
  fake.control.next({ submit: "drop-after-accepting" });
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(900);
  const { state, snapshot } = await training(id);
  const weights = state.status === "succeeded" ? (state.outcome["weights"]?.url ?? "") : "";
  for (const outcome of ["input-gone", "canceled"] as const) {
    fake.control.next({ outcome });
    await valueOf(likeness.images.generate({ actor, avatarId, words: "a lighthouse keeper" }));
    await clock.advance(300);
  }
  await valueOf(likeness.owners.erase({ actor }));
  await clock.advance(300);

  const { trigger } = snapshot;
  const secrets = [token, "whsec_", "lighthouse", "://", "signature", weights, trigger];
  expect(secrets.filter((secret) => secret.length < 3)).toStrictEqual([]);
  const written = [...events.lines(), ...log.entries.map((line) => JSON.stringify(line))];
  expect(written.length).toBeGreaterThan(50);
  expect(written.filter((line) => secrets.some((secret) => line.includes(secret)))).toStrictEqual([]);
});
