import { describe, expect, it } from "vitest";
import { addSeconds } from "@likeness/core";
import { err, ok } from "neverthrow";
import { valueOf } from "../../results/value-of.ts";
import { genuine, type CreateWebhookReceiver, type WebhookTraits } from "./subject.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export function describeAcceptedDeliveries(
  create: CreateWebhookReceiver,
  { fetchesKeys = true, severalSignatures = false, rotates = false }: WebhookTraits,
): void {
  describe("genuine deliveries", () => {
    it("verifies one and leaves it as it is", async () => {
      const { receiver, deliver } = await create();
      const delivery = await deliver(genuine);
      const verified = await valueOf(receiver.verify(delivery));
      expect(verified).toMatchObject({ ...delivery, requestId: genuine.requestId });
      expect(receiver.requestId(delivery)).toBe(genuine.requestId);
    });

    it("verifies a stored one by the headers that it names, later", async () => {
      const { receiver, deliver } = await create();
      const delivery = await deliver(genuine);
      const stored = Object.fromEntries(receiver.headers.map((header) => [header, delivery.headers[header]]));
      expect((await receiver.verify({ ...delivery, headers: stored })).isOk()).toBe(true);
      expect(receiver.headers).toStrictEqual(receiver.headers.map((header) => header.toLowerCase()));
    });

    it("reads the outcome", async () => {
      const { receiver, deliver } = await create();
      const { requestId } = genuine;
      const succeeded = await valueOf(receiver.verify(await deliver(genuine)));
      const weights = { url: expect.stringMatching(/^https?:\/\//) };
      expect(receiver.parse(succeeded)).toMatchObject({
        value: { type: "succeeded", requestId, outcome: { weights } },
      });
      const failed = await valueOf(receiver.verify(await deliver({ ...genuine, outcome: "failed" })));
      const detail = expect.stringMatching(/./);
      expect(receiver.parse(failed)).toStrictEqual(ok({ type: "failed", requestId, detail }));
    });

    it.each([300, -300, 0])("takes one that arrives %i seconds after it was sent", async (seconds) => {
      const { receiver, deliver } = await create();
      const delivery = await deliver({ ...genuine, receivedAt: addSeconds(genuine.sentAt, seconds) });
      expect((await receiver.verify(delivery)).isOk()).toBe(true);
    });

    if (fetchesKeys)
      it("says so when the keys are out of reach, and verifies the same delivery once they are back", async () => {
        const { receiver, deliver, setKeysAvailable } = await create();
        const delivery = await deliver(genuine);
        await setKeysAvailable?.(false);
        expect(await receiver.verify(delivery)).toStrictEqual(
          err({ type: "keys-unavailable", detail: expect.any(String) }),
        );
        await setKeysAvailable?.(true);
        expect((await receiver.verify(delivery)).isOk()).toBe(true);
      });

    if (severalSignatures)
      it("takes one of whose signatures another key made the first", async () => {
        const { receiver, deliver } = await create();
        expect((await receiver.verify(await deliver({ ...genuine, signer: "both" }))).isOk()).toBe(true);
      });

    if (rotates)
      it("takes what the provider signs after its key has changed", async () => {
        const { receiver, deliver, rotateKeys } = await create();
        if (!rotateKeys) throw new Error("a receiver whose keys change needs `rotateKeys` in its subject");
        expect((await receiver.verify(await deliver(genuine))).isOk()).toBe(true);
        await rotateKeys();
        expect((await receiver.verify(await deliver(genuine))).isOk()).toBe(true);
      });

    it.each([
      ["nothing", ""],
      ["text", "not JSON"],
      ["a control character", "\u0000"],
      ["JSON that never ends", "[".repeat(10_000)],
    ])("verifies a body that is %s, and then cannot read it", async (_, text) => {
      const { receiver, deliver } = await create();
      const verified = await valueOf(receiver.verify(await deliver({ ...genuine, body: encode(text) })));
      expect(receiver.parse(verified)).toStrictEqual(err({ type: "webhook-malformed", detail: expect.any(String) }));
    });

    it.each([
      "null",
      "[]",
      "{}",
      '"text"',
      '{"request_id":1}',
      '{"id":1}',
      '{"status":"OK"}',
      '{"status":"succeeded"}',
    ])("reads no event out of JSON that says nothing about its request: %j", async (text) => {
      const { receiver, deliver } = await create();
      const delivery = await deliver({ ...genuine, body: encode(text) });
      const event = await receiver.verify(delivery).andThen((verified) => receiver.parse(verified));
      expect(event.isErr()).toBe(true);
    });
  });
}
