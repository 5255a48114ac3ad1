import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { signFalWebhook } from "./sign-fal-webhook.ts";

interface Vector {
  readonly private_seed_hex: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body_base64: string;
}

const file = new URL("../__fixtures__/webhook-vector.json", import.meta.url);
const vector: Vector = JSON.parse(readFileSync(file, "utf8"));

/** A bare Ed25519 seed as PKCS #8. https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${vector.private_seed_hex}`, "hex"),
  format: "der",
  type: "pkcs8",
});

describe("signFalWebhook", () => {
  it("makes the headers of the test vector, bit for bit", () => {
    const headers = signFalWebhook({
      privateKey,
      requestId: "123e4567-e89b-12d3-a456-426614174000",
      userId: "github|12345678",
      timestamp: 1790000000,
      body: Buffer.from(vector.body_base64, "base64"),
    });
    expect(headers).toStrictEqual(vector.headers);
  });

  it("signs text as its UTF-8 bytes", () => {
    const input = { privateKey, requestId: "r", userId: "u", timestamp: 1 };
    expect(signFalWebhook({ ...input, body: "café" })).toStrictEqual(
      signFalWebhook({ ...input, body: Buffer.from("café", "utf8") }),
    );
  });
});
