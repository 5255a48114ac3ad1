import { errAsync, ok, okAsync, err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { telegramWebhook } from "./receive-update.ts";

const body = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function stage() {
  const received: unknown[] = [];
  const webhook = telegramWebhook({
    secretToken: "right_secret",
    receive: (update) => {
      received.push(update);
      return okAsync("new");
    },
  });
  return { webhook, received };
}

describe("Telegram's webhook", () => {
  it("stores what comes with the secret token", async () => {
    const { webhook, received } = stage();
    expect(await webhook({ secretToken: "right_secret", body: body({ update_id: 7 }) })).toStrictEqual(ok("new"));
    expect(received).toStrictEqual([{ update_id: 7 }]);
  });

  it.each([undefined, "", "wrong_secret", "right_secret2", "right_secre"])(
    "forbids the token %o",
    async (secretToken) => {
      const { webhook, received } = stage();
      const answer = await webhook({ secretToken, body: body({ update_id: 7 }) });
      expect(answer).toStrictEqual(err({ type: "update-forbidden" }));
      expect(received).toStrictEqual([]);
    },
  );

  it("tells by the secret token alone who is admitted", () => {
    const { webhook, received } = stage();
    const tokens = ["right_secret", "wrong_secret", "", undefined, "RIGHT_SECRET", "right_secret "];
    expect(tokens.map(webhook.admits)).toStrictEqual([true, false, false, false, false, false]);
    expect(received).toStrictEqual([]);
  });

  it("says what is no JSON", async () => {
    const { webhook } = stage();
    const answer = await webhook({ secretToken: "right_secret", body: new TextEncoder().encode("{") });
    expect(answer).toStrictEqual(err({ type: "update-malformed" }));
  });

  it("passes on that nothing could be stored, so that Telegram delivers again", async () => {
    const failure = { type: "storage-failure", cause: "down" } as const;
    const webhook = telegramWebhook({ secretToken: "right_secret", receive: () => errAsync(failure) });
    const answer = await webhook({ secretToken: "right_secret", body: body({ update_id: 7 }) });
    expect(answer).toStrictEqual(err(failure));
  });
});
