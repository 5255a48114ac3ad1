import type { Found, ProviderUses } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { destination, fakeStage, fetchOf, hosts, type FakeStage } from "../__fixtures__/fake-stage.ts";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";
import { replicateProvider } from "../requests/replicate-provider.ts";
import { fetchedSecret } from "../webhooks/replicate-secrets.ts";
import { replicateWebhooks } from "../webhooks/replicate-webhooks.ts";

const uses: ProviderUses = { profiles: replicateProfiles, recipes: replicateRecipes };

async function foundBy({ provider }: Pick<FakeStage, "provider">): Promise<Record<string, readonly Found[]>> {
  const all = provider
    .checks(uses)
    .map(async ({ name, look }) => [name, await look(AbortSignal.timeout(5_000))] as const);
  return Object.fromEntries(await Promise.all(all));
}

describe("the checks of Replicate", () => {
  it("are well with a valid token and models that take what is sent", async () => {
    const found = await foundBy(fakeStage());
    expect(Object.values(found).flat()).toStrictEqual([
      { verdict: "ok", what: "Replicate takes the token" },
      { verdict: "ok", what: `${destination} is made with the first training` },
      { verdict: "ok", what: "Replicate offers all 3 with the fields that are used" },
    ]);
  });

  it("find a token that is refused, once, and repeat it nowhere", async () => {
    const { fake } = fakeStage();
    const token = "r8_another_token_of_the_test";
    const provider = replicateProvider({ token, destination, hosts, fetch: fetchOf(fake) });
    const found = await foundBy({ provider });
    expect(found["replicate token"]).toMatchObject([{ verdict: "broken" }]);
    expect(found["replicate destination"]).toMatchObject([{ verdict: "skipped" }]);
    expect(found["replicate models"]).toMatchObject([{ verdict: "skipped" }]);
    expect(JSON.stringify(found)).not.toContain(token);
  });

  it("find a public destination, a version that is gone, and a field that is not taken any more", async () => {
    const stage = fakeStage();
    const { control } = stage.fake;
    control.makePublic(destination);
    control.describe(replicateProfiles.portrait.endpoint, { without: ["trigger_word"] });
    control.describe(replicateRecipes.upscale.endpoint, { gone: true });
    const found = await foundBy(stage);
    expect(found["replicate destination"]).toMatchObject([{ verdict: "broken" }]);
    expect(found["replicate models"]?.map(({ verdict, what }) => `${verdict}: ${what}`)).toStrictEqual([
      "broken: replicate/fast-flux-trainer:8b107946… does not take trigger_word any more",
      "broken: Replicate does not offer nightmareai/real-esrgan:f121d640… any more",
    ]);
  });

  it("say when Replicate is not there", async () => {
    const fetch = async () => Promise.reject(new TypeError("fetch failed"));
    const found = await foundBy({ provider: replicateProvider({ token: "r8_x", destination, hosts, fetch }) });
    for (const findings of Object.values(found)) expect(findings[0]).toMatchObject({ verdict: "broken" });
  });

  it("look whether the secret of webhooks can be had", async () => {
    const { fake, fetch } = fakeStage();
    const of = async () => {
      const secrets = fetchedSecret({ token: "r8_fake", hosts, fetch });
      const [check] = replicateWebhooks({ secrets, hosts }).checks?.() ?? [];
      return check?.look(AbortSignal.timeout(5_000));
    };
    expect(await of()).toMatchObject([{ verdict: "ok" }]);
    fake.control.secretAvailable(false);
    expect(await of()).toMatchObject([{ verdict: "warning" }]);
  });
});
