import { readFileSync } from "node:fs";
import { givenSecrets, replicateWebhooks } from "@likeness/replicate";
import { expect, it } from "vitest";

it("docs/deployment.md lets the longest webhooks through its proxy", () => {
  const page = readFileSync(new URL("deployment.md", import.meta.url), "utf8");
  const [, mebibytes] = /client_max_body_size (\d+)m;/.exec(page) ?? [];
  const { maxBytes = 0 } = replicateWebhooks({ secrets: givenSecrets(`whsec_${"A".repeat(32)}`) });
  expect(maxBytes).toBeGreaterThan(0);
  expect(Number(mebibytes) * 1_048_576).toBeGreaterThanOrEqual(maxBytes);
});
