import { describe, expect, it } from "vitest";
import { scrubber } from "./scrubber.ts";

const scrub = scrubber(["42:AAE-token_x", 'key-id:s3cret/"half+', "aws"]);

describe("scrubber", () => {
  it.each([
    ["a token", "42:AAE-token_x", "(secret)"],
    [
      "a token in a URL",
      "https://api.telegram.org/bot42:AAE-token_x/getMe",
      "https://api.telegram.org/bot(secret)/getMe",
    ],
    ["a token with an escaped colon", "/bot42%3AAAE-token_x/getMe", "/bot(secret)/getMe"],
    ["another bot's token", "/file/bot7:other-token/a.jpg", "/file/bot(secret)/a.jpg"],
    ["the half of a token", "AAE-token_x", "(secret)"],
    ["a key", 'Key key-id:s3cret/"half+ refused', "Key (secret) refused"],
    ["the half of a key", 's3cret/"half+', "(secret)"],
    [
      "a key as JSON",
      JSON.stringify({ headers: { authorization: 'Key key-id:s3cret/"half+' } }),
      '{"headers":{"authorization":"Key (secret)"}}',
    ],
    ["a key in a URL", `?key=${encodeURIComponent('key-id:s3cret/"half+')}&a=1`, "?key=(secret)&a=1"],
    ["a short secret, and every one in a line", "aws and aws", "(secret) and (secret)"],
    [
      "the token of a webhook's address",
      "/status_update?training=1&token=abc-_9",
      "/status_update?training=1&token=(secret)",
    ],
  ])("takes out %s", (_, line, scrubbed) => {
    expect(scrub(line)).toBe(scrubbed);
  });

  it("leaves everything else as it is", () => {
    const line = '{"key":"01890a5d-ac96-774b-bcce-b302099a8057","msg":"about 42 bots: 7, tokens and half of a key-id"}';
    expect(scrub(line)).toBe(line);
  });
});
