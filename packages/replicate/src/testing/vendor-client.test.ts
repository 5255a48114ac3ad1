import Replicate, { validateWebhook } from "replicate";
import { expect, it, onTestFinished, vi } from "vitest";
import { destination, fakeStage, fetchOf, hosts, token } from "../__fixtures__/fake-stage.ts";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";
import type { ReplicateFake } from "./index.ts";

/** Replicate's own client, unmodified, before the fake. */
const clientOf = (fake: ReplicateFake): Replicate =>
  new Replicate({ auth: token, baseUrl: `${hosts.api}/v1`, fetch: fetchOf(fake), useFileOutput: false });

const [trainer = "", version = ""] = replicateProfiles.portrait.endpoint.split(":");
const [owner = "", name = ""] = trainer.split("/");
const input = { input_images: `${hosts.api}/v1/files/f1`, trigger_word: "TOK_1" };
const isTraining = ({ path }: { readonly path: string }) => path.endsWith(`${version}/trainings`);

it("serves Replicate's own client: models, files, a training, its list and its end", async () => {
  const { fake, clock } = fakeStage();
  const client = clientOf(fake);
  expect(await client.accounts.current()).toMatchObject({ username: "acme" });
  const model = { visibility: "private", hardware: "cpu" } as const;
  await client.models.create("acme", "likeness", model);
  await expect(client.models.create("acme", "likeness", model)).rejects.toThrow("409");
  const file = await client.files.create(new Blob(["zip"]));
  expect(file.urls.get).toMatch(/\/v1\/files\//);

  const training = await client.trainings.create(owner, name, version, { destination, input });
  expect((await client.trainings.list()).results).toMatchObject([{ id: training.id, input, status: "starting" }]);
  await clock.advance(10);
  const ended = await client.trainings.get(training.id);
  expect(ended).toMatchObject({ status: "succeeded", output: { weights: expect.stringMatching(/\.tar$/) } });
  expect(await client.trainings.cancel(training.id)).toStrictEqual(ended);
});

it("serves it a picture, and the stop of one", async () => {
  const { fake, clock } = fakeStage();
  const client = clientOf(fake);
  const wanted = { prompt: "TOK_1 woman", aspect_ratio: "1:1", seed: 1 };
  const made = await client.predictions.create({ model: replicateRecipes.image.endpoint, input: wanted });
  const stopped = await client.predictions.create({ model: replicateRecipes.image.endpoint, input: wanted });
  expect(await client.predictions.cancel(stopped.id)).toMatchObject({ status: "canceled" });
  await clock.advance(10);
  expect(await client.predictions.get(made.id)).toMatchObject({ output: [expect.stringMatching(/\.png$/)] });
});

it("signs webhooks that it takes", async () => {
  const deliver = vi.fn<typeof fetch>(async () => new Response());
  const { fake, clock } = fakeStage({ deliver });
  const client = clientOf(fake);
  await client.models.create("acme", "likeness", { visibility: "private", hardware: "cpu" });
  const webhook = "https://bot.example/webhooks/training?order=1&token=2";
  await client.trainings.create(owner, name, version, { destination, input, webhook });
  await clock.advance(10);
  const { key } = await client.webhooks.default.secret.get();
  const [delivery] = fake.deliveries;
  const {
    "webhook-id": id = "",
    "webhook-timestamp": timestamp = "",
    "webhook-signature": signature = "",
  } = delivery?.headers ?? {};
  const body = delivery?.body ?? "";
  expect(await validateWebhook({ id, timestamp, signature, body, secret: key })).toBe(true);
  expect(deliver).toHaveBeenCalledTimes(1);
});

it("is paid again and again by it when an answer is lost, which is why the adapter does not use it", async () => {
  // It says so on the console for each attempt.
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  onTestFinished(() => warned.mockRestore());
  const { fake } = fakeStage();
  const client = clientOf(fake);
  await client.models.create("acme", "likeness", { visibility: "private", hardware: "cpu" });
  fake.control.always({ submit: "drop-after-accepting", outcome: "never" });
  await expect(client.trainings.create(owner, name, version, { destination, input })).rejects.toThrow();
  expect(fake.requests.filter(isTraining).length).toBeGreaterThan(1);
  expect((await client.trainings.list()).results.length).toBeGreaterThan(1);
});
