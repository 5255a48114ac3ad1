import { silentLog } from "@likeness/core";
import { expect, it } from "vitest";
import { openProvider } from "./open-provider.ts";
import { readSettings } from "./settings/read-settings.ts";

const needed = { TELEGRAM_BOT_TOKEN: "42:token", FAL_KEY: "id:secret", PHOTOS_MIN: "5" };
const replicate = { PROVIDER: "replicate", REPLICATE_API_TOKEN: "r8_token", REPLICATE_DESTINATION: "acme/likeness" };
const reported = {
  PUBLIC_URL: "http://127.0.0.1:8080",
  WEBHOOK_SECRET: "0123456789abcdef0123456789abcdef",
  FAL_USER_ID: "user",
};

const open = (given: Record<string, string>) =>
  openProvider(readSettings({ ...needed, ...given })._unsafeUnwrap(), silentLog);

it.each([
  ["fal", {}, "fal-ai/flux-lora-portrait-trainer", "fal-ai/flux-lora"],
  ["replicate", replicate, "replicate/fast-flux-trainer", "black-forest-labs/flux-dev-lora"],
])("opens %s: provider, receiver, profiles and recipes of one", async (name, given, trainer, draws) => {
  const { provider, webhooks, profiles, recipes } = await open({ ...given, ...reported });
  expect([provider.name, webhooks?.receiver.source]).toStrictEqual([name, name]);
  expect(profiles.portrait).toMatchObject({ endpoint: expect.stringContaining(trainer), photos: { minimum: 5 } });
  expect(recipes.image.endpoint).toBe(draws);
  expect((await open(given)).webhooks).toBeUndefined();
});

it.each([
  ["replicate", { ...replicate, ...reported }, ["fal", "fal", "fal-ai/flux-lora"]],
  [
    "fal",
    { ...replicate, ...reported, PROVIDER: "fal" },
    ["replicate", "replicate", "black-forest-labs/flux-dev-lora"],
  ],
])("goes on at the other one when PROVIDER=%s and its key is still set", async (_, given, former) => {
  expect(
    (await open(given)).formerProviders.map(({ provider, receiver, recipes }) => [
      provider.name,
      receiver?.source,
      recipes?.image.endpoint,
    ]),
  ).toStrictEqual([former]);
});

it("has no other one without its key", async () => {
  expect((await open({})).formerProviders).toStrictEqual([]);
  const { FAL_KEY: _none, ...others } = needed;
  const read = readSettings({ ...others, ...replicate })._unsafeUnwrap();
  expect((await openProvider(read, silentLog)).formerProviders).toStrictEqual([]);
});
