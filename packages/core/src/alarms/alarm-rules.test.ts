import { expect, it } from "vitest";
import { alarmRules } from "./alarm-rules.ts";

it("names both reasons for which webhooks wait to be verified, and the command for the second", () => {
  const said = alarmRules["webhooks-unverified"].text({ count: 2 });
  expect(said).toMatch(/^2 webhooks wait to be verified: .*keys.*account.*npm run account/);
});
