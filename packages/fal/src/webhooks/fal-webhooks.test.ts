import { timestamp, type Delivery } from "@likeness/core";
import { describeWebhookReceiver, testClock, testStart, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aSigningKey, keyHost } from "../__fixtures__/key-host.ts";
import { signFalWebhook } from "../testing/index.ts";
import { falKeySet } from "./fal-key-set.ts";
import { falWebhooks } from "./fal-webhooks.ts";

const userId = "github|12345678";
const privateKey = aSigningKey();
const weights = { url: "https://v3.fal.media/files/a/lora.safetensors" };

const bodies = {
  succeeded: { status: "OK", payload: { diffusers_lora_file: weights } },
  failed: { status: "ERROR", error: "Invalid status code: 422", payload: { detail: "no face found" } },
};

describeWebhookReceiver("fal", async () => {
  const clock = testClock();
  const host = await keyHost([privateKey]);
  return {
    receiver: falWebhooks({ userId, keys: falKeySet({ urls: [host.url], clock }) }),
    deliver: ({ outcome, requestId, headerRequestId = requestId, sentAt, receivedAt, account, signer, body }) => {
      const bytes = body ?? Buffer.from(JSON.stringify({ request_id: requestId, ...bodies[outcome] }));
      const headers = signFalWebhook({
        privateKey: signer === "stranger" ? aSigningKey() : privateKey,
        requestId: headerRequestId,
        userId: account === "foreign" ? "github|87654321" : userId,
        timestamp: Date.parse(sentAt) / 1000,
        body: bytes,
      });
      return { headers, body: bytes, receivedAt };
    },
    setKeysAvailable: async (available) => {
      host.publish(available ? [privateKey] : "down");
      // A host that was down is asked again after a while.
      await clock.advance(60);
    },
  };
});

const sentAt = Date.parse(testStart) / 1000;

async function receiver() {
  const host = await keyHost([privateKey]);
  return falWebhooks({ userId, keys: falKeySet({ urls: [host.url], clock: testClock() }) });
}

/** A delivery signed by fal, whose header names this request. */
function delivery(requestId: string, body: string): Delivery {
  const headers = signFalWebhook({ privateKey, requestId, userId, timestamp: sentAt, body });
  return { headers, body: Buffer.from(body), receivedAt: timestamp(sentAt * 1000) };
}

describe("falWebhooks", () => {
  it.each(["queue-id", "gateway-id"])(
    "goes by the queue's request id when the header has the %s",
    async (requestId) => {
      const body = JSON.stringify({ request_id: "queue-id", gateway_request_id: "gateway-id", ...bodies.succeeded });
      const { verify, parse } = await receiver();
      const verified = await valueOf(verify(delivery(requestId, body)));
      expect(verified.requestId).toBe("queue-id");
      expect(parse(verified)).toMatchObject(ok({ type: "succeeded", requestId: "queue-id" }));
    },
  );

  it("does not mix the request of the header with the outcome of another one", async () => {
    const body = JSON.stringify({ request_id: "theirs", gateway_request_id: "theirs-too", ...bodies.succeeded });
    const { verify } = await receiver();
    expect(await verify(delivery("ours", body))).toStrictEqual(
      err({ type: "webhook-rejected", reason: "request-mismatch" }),
    );
  });

  it.each(["", "{", "{}", '{"request_id":null}', '{"request_id":7}'])(
    "verifies a body without readable ids by its header, and cannot read it: %j",
    async (body) => {
      const { verify, parse } = await receiver();
      const verified = await valueOf(verify(delivery("R", body)));
      expect(verified.requestId).toBe("R");
      expect(parse(verified)._unsafeUnwrapErr().type).toBe("webhook-malformed");
    },
  );

  it("throws without a user id: every customer of fal could finish our trainings", () => {
    expect(() => falWebhooks({ userId: "", keys: falKeySet() })).toThrow(/^the fal user id must not be empty/);
  });
});
