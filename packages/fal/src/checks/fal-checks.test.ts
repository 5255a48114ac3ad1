import type { Check, Found, ProviderUses } from "@likeness/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { falFake, serveFalFake } from "../testing/index.ts";
import { falProfiles } from "../profiles/fal-profiles.ts";
import { falRecipes } from "../recipes/fal-recipes.ts";
import { falProvider } from "../requests/fal-provider.ts";
import { falKeySet } from "../webhooks/fal-key-set.ts";
import { falWebhooks } from "../webhooks/fal-webhooks.ts";

const uses: ProviderUses = { profiles: falProfiles, recipes: falRecipes };
const key = "an-id:a-secret-key-of-the-test";
const trainer = falProfiles.portrait.endpoint;

async function stage(given: string = key) {
  const fake = falFake({ key });
  const { url, close } = await serveFalFake(fake);
  onTestFinished(async () => {
    await close();
    await fake.close();
  });
  const { checks } = falProvider({ key: given, hosts: { queue: url, rest: url, api: url } });
  const looked = async (name: string): Promise<readonly Found[]> => look(checks(uses), name);
  return { fake, url, looked };
}

async function look(checks: readonly Check[], name: string): Promise<readonly Found[]> {
  const check = checks.find((each) => each.name === name);
  return (await check?.look(AbortSignal.timeout(5_000))) ?? [];
}

describe("the checks of fal", () => {
  it("are well with a valid key and endpoints that have what is sent and read", async () => {
    const { fake, looked } = await stage();
    fake.control.balance(25);
    expect(await looked("fal key")).toMatchObject([{ verdict: "ok" }]);
    expect(await looked("fal balance")).toStrictEqual([{ verdict: "ok", what: "25.00 USD are left" }]);
    expect(await looked("fal endpoints")).toMatchObject([{ verdict: "ok", what: expect.stringContaining("all 5") }]);
  });

  it("find a key that is refused, and repeat it nowhere", async () => {
    const { looked } = await stage("another-id:another-secret");
    const all = [await looked("fal key"), await looked("fal balance"), await looked("fal endpoints")];
    expect(all).toMatchObject([[{ verdict: "broken" }], [{ verdict: "skipped" }], [{ verdict: "ok" }]]);
    expect(JSON.stringify(all)).not.toContain("another-secret");
  });

  it.each([
    [undefined, "skipped", "this key may not read it"],
    [0, "broken", "0.00 USD are left: fal refuses every order"],
    [-1, "broken", expect.stringContaining("-1.00")],
    [4.99, "warning", "4.99 USD are left"],
  ])("read the balance %s as %s", async (dollars, verdict, what) => {
    const { fake, looked } = await stage();
    fake.control.balance(dollars);
    expect(await looked("fal balance")).toMatchObject([{ verdict, what }]);
  });

  it("find an endpoint that is gone, one that is about to be, and fields that have changed", async () => {
    const { fake, looked } = await stage();
    fake.control.list(trainer, { without: ["trigger_phrase", "config_file"], needs: "licence" });
    fake.control.list(falRecipes.upscale.endpoint, { status: "gone" });
    fake.control.list(falRecipes.image.endpoint, { status: "deprecated" });
    expect((await looked("fal endpoints")).map(({ verdict, what }) => `${verdict}: ${what}`)).toStrictEqual([
      `broken: ${trainer} does not take trigger_phrase any more`,
      `broken: ${trainer} now needs licence`,
      `broken: ${trainer} does not answer with config_file any more`,
      `warning: fal is about to withdraw ${falRecipes.image.endpoint}`,
      `broken: fal does not offer ${falRecipes.upscale.endpoint} any more`,
    ]);
  });

  it.each([
    ["an error", { status: 503 }, "broken"],
    ["a flood wait", { status: 429 }, "warning"],
  ] as const)("say that fal answers with %s", async (_name, answer, verdict) => {
    const { fake, looked } = await stage();
    for (const route of ["pricing", "models", "billing"] as const) fake.control.fault(route, answer);
    for (const name of ["fal key", "fal balance", "fal endpoints"])
      expect(await looked(name), name).toMatchObject([{ verdict }]);
  });

  it("say when fal is not there", async () => {
    const { checks } = falProvider({ key, hosts: { api: "http://127.0.0.1:1" } });
    expect(await look(checks(uses), "fal key")).toMatchObject([
      { verdict: "broken", what: expect.stringContaining("does not answer") },
    ]);
  });

  it("look whether the keys of webhooks can be fetched", async () => {
    const { fake, url } = await stage();
    const of = async () => {
      const { checks } = falWebhooks({ keys: falKeySet({ urls: [`${url}/.well-known/jwks.json`] }) });
      return look(checks?.() ?? [], "fal webhook keys");
    };
    expect(await of()).toMatchObject([{ verdict: "ok" }]);
    fake.control.jwks("down");
    expect(await of()).toMatchObject([{ verdict: "warning" }]);
  });
});
