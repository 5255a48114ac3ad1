import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { webhookAddress } from "./webhook-address.ts";

const oldSecret = "old-secret-of-at-least-thirty-two-bytes";
const newSecret = "new-secret-of-at-least-thirty-two-bytes";
const tokenOf = (url: string): string => new URL(url).searchParams.get("token") ?? "";

describe("webhookAddress", () => {
  const address = webhookAddress({ publicUrl: "https://bot.example/base/", secrets: [newSecret, oldSecret] });

  it("is the endpoint, the order and base64url HMAC-SHA-256 over v1|<id>", async () => {
    const token = createHmac("sha256", newSecret).update("v1|training-1").digest("base64url");
    expect(await address.urlFor("training-1")).toBe(
      `https://bot.example/base/api/v1/avatar/status_update?order=training-1&token=${token}`,
    );
  });

  it("accepts its own token, for its own order only", async () => {
    const token = tokenOf(await address.urlFor("training-1"));
    expect(await address.accepts("training-1", token)).toBe(true);
    expect(await address.accepts("training-2", token)).toBe(false);
  });

  it("still accepts tokens of an older secret, and not of an unknown one", async () => {
    const signedBy = async (secret: string) =>
      tokenOf(await webhookAddress({ publicUrl: "https://bot.example", secrets: [secret] }).urlFor("training-1"));
    expect(await address.accepts("training-1", await signedBy(oldSecret))).toBe(true);
    expect(await address.accepts("training-1", await signedBy("x".repeat(32)))).toBe(false);
  });

  it("names any order in its address", async () => {
    const url = new URL(await address.urlFor("a&b=c d"));
    expect(url.searchParams.get("order")).toBe("a&b=c d");
    expect(await address.accepts("a&b=c d", tokenOf(url.href))).toBe(true);
  });

  it("refuses even its own token for an id that is longer than any of ours", async () => {
    const [longest, longer] = ["x".repeat(100), "x".repeat(101)];
    expect(await address.accepts(longest, tokenOf(await address.urlFor(longest)))).toBe(true);
    expect(await address.accepts(longer, tokenOf(await address.urlFor(longer)))).toBe(false);
  });

  it("refuses anything else without a fuss", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (orderId, token) => {
        expect(await address.accepts(orderId, token)).toBe(false);
      }),
    );
  });

  it.each([[[]], [["short"]], [["x".repeat(31)]], [[newSecret, "short"]]])(
    "does not start with the secrets %j",
    (secrets) => {
      expect(() => webhookAddress({ publicUrl: "https://bot.example", secrets })).toThrow("at least 32 bytes");
    },
  );

  it.each([
    ["https://bot.example//", "https://bot.example"],
    ["https://bot.example/a b", "https://bot.example/a%20b"],
    ["https://пример.рф/бот/", "https://xn--e1afmkfd.xn--p1ai/%D0%B1%D0%BE%D1%82"],
    ["https://bot.example/a/../b?", "https://bot.example/b"],
  ])("spells the public URL %s as the provider will", async (publicUrl, base) => {
    const url = await webhookAddress({ publicUrl, secrets: [newSecret] }).urlFor("training-1");
    expect(url.split("/api/v1/")[0]).toBe(base);
  });

  it.each([
    ["bot.example", "Invalid URL"],
    ["https://bot.example/?a=1", "without query and fragment"],
    ["https://bot.example/#a", "without query and fragment"],
  ])("does not start with the public URL %s", (publicUrl, problem) => {
    expect(() => webhookAddress({ publicUrl, secrets: [newSecret] })).toThrow(problem);
  });
});
