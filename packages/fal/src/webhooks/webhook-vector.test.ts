import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { sealDelivery, timestamp, type Delivery } from "@likeness/core";
import { testClock } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import vector from "../__fixtures__/webhook-vector.json" with { type: "json" };
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { falKeySet } from "./fal-key-set.ts";
import { falWebhooks } from "./fal-webhooks.ts";

const body = Buffer.from(vector.body_base64, "base64");
const requestId = vector.headers["x-fal-webhook-request-id"];
const userId = vector.headers["x-fal-webhook-user-id"];
const signature = vector.headers["x-fal-webhook-signature"];
const sentAt = Number(vector.headers["x-fal-webhook-timestamp"]);

const [decoy, signer] = vector.jwks.keys;
const padded = { ...vector.jwks, keys: vector.jwks.keys.map((key) => ({ ...key, x: `${key.x}=` })) };

interface Case {
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly seconds?: number;
  readonly keys?: unknown;
  readonly account?: string;
}

/** Verifies the delivery of the vector, with something changed. */
async function verify({ body: sent = body, headers = {}, seconds = 0, keys = vector.jwks, account = userId }: Case) {
  const host = await httpListener((response) => sendJson(response, 200, keys));
  const receivedAt = timestamp((sentAt + seconds) * 1000);
  const delivery: Delivery = { headers: { ...vector.headers, ...headers }, body: sent, receivedAt };
  const receiver = falWebhooks({
    userId: account,
    keys: falKeySet({ urls: [host.url], clock: testClock(receivedAt) }),
  });
  return (await receiver.verify(delivery)).map((verified) => verified.requestId);
}

const accepted = ok(requestId);
const rejected = (reason: string) => err({ type: "webhook-rejected", reason });

describe("the webhook test vector", () => {
  it("is consistent in itself", () => {
    expect(body.toString("utf8")).toBe(vector.body);
    expect(body).toHaveLength(vector.body_bytes);
    expect(createHash("sha256").update(body).digest("hex")).toBe(vector.body_sha256_hex);
    const key = Buffer.from(`302e020100300506032b657004220420${vector.private_seed_hex}`, "hex");
    const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8" });
    expect(createPublicKey(privateKey).export({ format: "jwk" }).x).toBe(signer?.x);
    const message = Buffer.from(vector.message_utf8_hex, "hex");
    expect(sign(null, message, privateKey).toString("hex")).toBe(vector.signature_hex);
  });

  it.each<[string, Case]>([
    ["as it came", {}],
    ["five minutes late", { seconds: 300 }],
    ["five minutes early", { seconds: -300 }],
    ["with the signature in capitals", { headers: { "x-fal-webhook-signature": signature.toUpperCase() } }],
    ["with padded keys", { keys: padded }],
    ["with the signer's key alone", { keys: { keys: [signer] } }],
  ])("is accepted %s", async (_name, change) => expect(await verify(change)).toStrictEqual(accepted));

  it.each<[string, Case, string]>([
    ["301 seconds late", { seconds: 301 }, "signature-stale"],
    ["301 seconds early", { seconds: -301 }, "signature-stale"],
    ["parsed and written again", { body: Buffer.from(JSON.stringify(JSON.parse(vector.body))) }, "signature-invalid"],
    ["with a line break at the end", { body: Buffer.concat([body, Buffer.from("\n")]) }, "signature-invalid"],
    ["with the decoy's key alone", { keys: { keys: [decoy] } }, "signature-invalid"],
    ["with another user id", { headers: { "x-fal-webhook-user-id": "github|87654321" } }, "foreign-account"],
    [
      "with another user id that is ours",
      { headers: { "x-fal-webhook-user-id": "github|87654321" }, account: "github|87654321" },
      "signature-invalid",
    ],
    ["for an account that is not ours", { account: "github|87654321" }, "foreign-account"],
    ["with another request id", { headers: { "x-fal-webhook-request-id": "R" } }, "signature-invalid"],
    ["with another timestamp", { headers: { "x-fal-webhook-timestamp": String(sentAt + 1) } }, "signature-invalid"],
    ["with a timestamp that is none", { headers: { "x-fal-webhook-timestamp": `${sentAt}.0` } }, "signature-stale"],
    ["with a timestamp in milliseconds", { headers: { "x-fal-webhook-timestamp": `${sentAt}000` } }, "signature-stale"],
    [
      "with the signature in base64",
      { headers: { "x-fal-webhook-signature": Buffer.from(signature, "hex").toString("base64") } },
      "signature-invalid",
    ],
    ["with more than the signature", { headers: { "x-fal-webhook-signature": `${signature}zz` } }, "signature-invalid"],
    [
      "with less than the signature",
      { headers: { "x-fal-webhook-signature": signature.slice(2) } },
      "signature-invalid",
    ],
    ["without a signature", { headers: { "x-fal-webhook-signature": undefined } }, "signature-missing"],
    ["without a user id", { headers: { "x-fal-webhook-user-id": "" } }, "signature-missing"],
    ["without a request id", { headers: { "x-fal-webhook-request-id": undefined } }, "signature-missing"],
    ["without a timestamp", { headers: { "x-fal-webhook-timestamp": undefined } }, "signature-missing"],
  ])("is rejected %s", async (_name, change, reason) => expect(await verify(change)).toStrictEqual(rejected(reason)));

  it.each([
    ["a line break at the end of the message", `${Buffer.from(vector.message_utf8_hex, "hex").toString("utf8")}\n`],
    [
      "the digest as bytes instead of hex",
      Buffer.concat([Buffer.from(`${requestId}\n${userId}\n${sentAt}\n`), createHash("sha256").update(body).digest()]),
    ],
  ])("is rejected when signed over %s", async (_name, message) => {
    const key = Buffer.from(`302e020100300506032b657004220420${vector.private_seed_hex}`, "hex");
    const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8" });
    const wrong = sign(null, Buffer.from(message), privateKey).toString("hex");
    expect(await verify({ headers: { "x-fal-webhook-signature": wrong } })).toStrictEqual(
      rejected("signature-invalid"),
    );
  });

  it("reads as the success of a training", () => {
    const receiver = falWebhooks({ userId, keys: falKeySet() });
    const delivery = { headers: vector.headers, body, receivedAt: timestamp(sentAt * 1000) };
    const contentType = "application/octet-stream";
    const files = "https://v3.fal.media/files";
    expect(receiver.parse(sealDelivery(delivery, requestId))).toStrictEqual(
      ok({
        type: "succeeded",
        requestId,
        outcome: {
          weights: { url: `${files}/rabbit/abc_pytorch_lora_weights.safetensors`, bytes: 89_745_224, contentType },
          config: { url: `${files}/koala/def_config.json`, bytes: 452, contentType },
        },
      }),
    );
  });
});
