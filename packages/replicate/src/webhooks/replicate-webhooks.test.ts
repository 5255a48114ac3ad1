import { timestamp, type Delivery } from "@likeness/core";
import { describeWebhookReceiver, testStart, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeStage, hosts, token } from "../__fixtures__/fake-stage.ts";
import { signReplicateWebhook } from "../testing/index.ts";
import { newSecret } from "../testing/webhooks.ts";
import { fetchedSecret, givenSecrets } from "./replicate-secrets.ts";
import { replicateWebhooks } from "./replicate-webhooks.ts";

const weights = "https://replicate.delivery/xezq/abc/flux-lora.tar";

const bodies = {
  succeeded: { status: "succeeded", output: { version: `acme/likeness:${"0".repeat(64)}`, weights }, error: null },
  failed: { status: "failed", output: null, error: "CUDA out of memory (E1001)" },
};

describeWebhookReceiver(
  "replicate",
  async () => {
    const { fake, fetch, clock } = fakeStage();
    let secret = fake.control.rotateSecret();
    return {
      receiver: replicateWebhooks({ secrets: fetchedSecret({ token, hosts, fetch, clock }) }),
      deliver: ({ outcome, requestId, sentAt, receivedAt, signer = "provider", body }) => {
        const bytes = body ?? Buffer.from(JSON.stringify({ id: requestId, ...bodies[outcome] }));
        const secrets = { provider: [secret], stranger: [newSecret()], both: [newSecret(), secret] }[signer];
        const headers = signReplicateWebhook({
          secrets,
          id: "msg_1",
          timestamp: Date.parse(sentAt) / 1000,
          body: bytes,
        });
        return { headers, body: bytes, receivedAt };
      },
      setKeysAvailable: async (available) => {
        fake.control.secretAvailable(available);
        // Replicate is asked again after a while.
        await clock.advance(60);
      },
      rotateKeys: async () => {
        secret = fake.control.rotateSecret();
        await clock.advance(60);
      },
    };
  },
  { namesAccount: false, namesRequest: false, severalSignatures: true, rotates: true },
);

describeWebhookReceiver(
  "replicate, given its secret",
  async () => {
    const secret = newSecret();
    return {
      receiver: replicateWebhooks({ secrets: givenSecrets(secret) }),
      deliver: ({ outcome, requestId, sentAt, receivedAt, signer = "provider", body }) => {
        const bytes = body ?? Buffer.from(JSON.stringify({ id: requestId, ...bodies[outcome] }));
        const secrets = { provider: [secret], stranger: [newSecret()], both: [newSecret(), secret] }[signer];
        const sent = { secrets, id: "msg_1", timestamp: Date.parse(sentAt) / 1000, body: bytes };
        return { headers: signReplicateWebhook(sent), body: bytes, receivedAt };
      },
    };
  },
  { namesAccount: false, namesRequest: false, severalSignatures: true, fetchesKeys: false },
);

/** Signed by hand and accepted by Replicate's own client and by `standardwebhooks`. */
const vector = {
  secret: "whsec_bGlrZW5lc3MtcmVwbGljYXRlLXRlc3QtdmVjdG9yLTE=",
  id: "msg_2nLikenessVector000000000001",
  timestamp: "1795953600",
  body: '{"id":"zz4ibbonubfz7carwiefibzgga","model":"replicate/fast-flux-trainer","version":"8b10794665aed907bb98a1a5324cd1d3a8bea0e9b31e65210967fb9c9e2e08ed","status":"succeeded","output":{"version":"likeness/avatar-1:5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa","weights":"https://replicate.delivery/xezq/abc/flux-lora.tar"},"error":null,"logs":"50%|█████     | 500/1000 [00:40<00:40, 12.50it/s]\\n"}',
  signature: "v1,q8aYeb1I9LS7BTsjros2BnbTQadSwl80+N0FzHT5NcE=",
};

const delivered = (changes: Partial<typeof vector> = {}, seconds = 0): Delivery => {
  const { id, timestamp: sent, body, signature } = { ...vector, ...changes };
  return {
    headers: { "webhook-id": id, "webhook-timestamp": sent, "webhook-signature": signature },
    body: new TextEncoder().encode(body),
    receivedAt: timestamp(Number(vector.timestamp) * 1000 + seconds * 1000),
  };
};

const rejected = (reason: string) => err({ type: "webhook-rejected", reason });

describe("a webhook of Standard Webhooks", () => {
  const receiver = replicateWebhooks({ secrets: givenSecrets(vector.secret) });

  it("is read as it was signed", async () => {
    const verified = await valueOf(receiver.verify(delivered()));
    expect(receiver.parse(verified)).toStrictEqual(
      ok({ type: "succeeded", requestId: "zz4ibbonubfz7carwiefibzgga", outcome: { weights: { url: weights } } }),
    );
  });

  it.each([
    ["v1,AAAA and then the right one", { signature: `v1,AAAA ${vector.signature}` }],
    ["one of a version to come beside it", { signature: `${vector.signature} v1a,AAAA` }],
  ])("is taken with %s", async (_, changes) => {
    expect((await receiver.verify(delivered(changes))).isOk()).toBe(true);
  });

  it.each([
    ["of another version", { signature: vector.signature.replace("v1,", "v9,") }],
    ["of a version alone", { signature: "v1," }],
    ["without a version", { signature: vector.signature.slice(3) }],
    ["for another id", { id: "msg_2" }],
    ["over a body that was written again", { body: JSON.stringify(JSON.parse(vector.body), undefined, 1) }],
  ])("is refused with a signature %s", async (_, changes) => {
    expect(await receiver.verify(delivered(changes))).toStrictEqual(rejected("signature-invalid"));
  });

  it("is refused when it is older than five minutes", async () => {
    expect((await receiver.verify(delivered({}, 300))).isOk()).toBe(true);
    expect(await receiver.verify(delivered({}, 301))).toStrictEqual(rejected("signature-stale"));
  });

  it("is taken by the new secret and by the old one while both are set, and only then", async () => {
    const changing = replicateWebhooks({ secrets: givenSecrets(newSecret(), vector.secret) });
    expect((await changing.verify(delivered())).isOk()).toBe(true);
    const changed = replicateWebhooks({ secrets: givenSecrets(newSecret()) });
    expect(await changed.verify(delivered())).toStrictEqual(rejected("signature-invalid"));
  });

  it("takes a secret without its prefix, and none that is no secret", async () => {
    const bare = replicateWebhooks({ secrets: givenSecrets(vector.secret.slice("whsec_".length)) });
    expect((await bare.verify(delivered())).isOk()).toBe(true);
    for (const wrong of ["", "whsec_", "whsec_short", "whsec_not base64 at all!"])
      expect(() => givenSecrets(wrong)).toThrow("webhook secret");
  });

  it.each([
    ["a success whose result is not in it", { status: "succeeded", output: null }, { type: "finished" }],
    ["a cancelled one", { status: "canceled" }, { type: "failed", detail: "it was cancelled at Replicate" }],
    ["an aborted one", { status: "aborted" }, { type: "failed", detail: "Replicate gave it up before it began" }],
    ["a status to come", { status: "resting" }, { type: "running" }],
    [
      "weights on another host",
      { ...bodies.succeeded, output: { weights: "https://evil.example/a.tar" } },
      { type: "failed" },
    ],
    ["a picture", { status: "succeeded", output: ["https://replicate.delivery/a/out.png"] }, { type: "succeeded" }],
  ])("says what became of %s", async (_, said, event) => {
    const body = JSON.stringify({ id: "R", ...said });
    const headers = signReplicateWebhook({
      secrets: [vector.secret],
      id: "msg_1",
      timestamp: Date.parse(testStart) / 1000,
      body,
    });
    const verified = await valueOf(
      receiver.verify({ headers, body: new TextEncoder().encode(body), receivedAt: testStart }),
    );
    expect(receiver.parse(verified)).toMatchObject({ value: { requestId: "R", ...event } });
  });
});

describe("the secret of the account", () => {
  it("is asked for once, and at most once a minute while signatures do not fit", async () => {
    const { fake, fetch, clock } = fakeStage();
    const secrets = fetchedSecret({ token, hosts, fetch, clock });
    const asked = () => fake.requests.filter(({ path }) => path.endsWith("/secret")).length;
    for (let count = 0; count < 5; count++) expect(await secrets.accepts(() => true)).toStrictEqual(ok(true));
    expect(asked()).toBe(1);
    for (let count = 0; count < 5; count++) expect(await secrets.accepts(() => false)).toStrictEqual(ok(false));
    await clock.advance(60);
    for (let count = 0; count < 5; count++) expect(await secrets.accepts(() => false)).toStrictEqual(ok(false));
    expect(asked()).toBe(2);
  });

  it("stops counting within an hour of its change", async () => {
    const { fake, fetch, clock } = fakeStage();
    const secrets = fetchedSecret({ token, hosts, fetch, clock });
    let first: Uint8Array | undefined;
    await secrets.accepts((key) => Boolean((first = key)));
    fake.control.rotateSecret();
    await clock.advance(3600);
    expect(await secrets.accepts((key) => Buffer.compare(key, first ?? new Uint8Array()) === 0)).toStrictEqual(
      ok(false),
    );
  });
});
