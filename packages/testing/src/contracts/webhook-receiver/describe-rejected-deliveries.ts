import { describe, expect, it } from "vitest";
import { addSeconds, type WebhookRejected } from "@likeness/core";
import { err } from "neverthrow";
import { genuine, type CreateWebhookReceiver, type WebhookTraits } from "./subject.ts";

const rejected = (reason: WebhookRejected["reason"]) => err({ type: "webhook-rejected", reason });

export function describeRejectedDeliveries(
  create: CreateWebhookReceiver,
  { namesAccount = true, namesRequest = true }: WebhookTraits,
): void {
  describe("other deliveries", () => {
    it("rejects one without any of its headers, even while the keys are out of reach", async () => {
      const { receiver, deliver, setKeysAvailable } = await create();
      const delivery = await deliver(genuine);
      expect(receiver.headers.length).toBeGreaterThan(0);
      await setKeysAvailable?.(false);
      for (const header of receiver.headers)
        for (const value of [undefined, ""])
          expect(
            await receiver.verify({ ...delivery, headers: { ...delivery.headers, [header]: value } }),
          ).toStrictEqual(rejected("signature-missing"));
      const nameless = namesRequest ? delivery : { ...delivery, body: new Uint8Array() };
      expect(receiver.requestId({ ...nameless, headers: {} })).toBeUndefined();
    });

    it("rejects rubbish in any of its headers", async () => {
      const { receiver, deliver } = await create();
      const delivery = await deliver(genuine);
      for (const header of receiver.headers)
        for (const value of ["x", "-1", "NaN", "1e400", "🎭", "0".repeat(10_000), `${delivery.headers[header]}, 1`])
          expect(
            await receiver.verify({ ...delivery, headers: { ...delivery.headers, [header]: value } }),
          ).toMatchObject({ error: { type: "webhook-rejected" } });
    });

    it("rejects what another key signed", async () => {
      const { receiver, deliver } = await create();
      const delivery = await deliver({ ...genuine, signer: "stranger" });
      expect(await receiver.verify(delivery)).toStrictEqual(rejected("signature-invalid"));
    });

    it("rejects a body with a changed, a missing or an additional byte", async () => {
      const { receiver, deliver } = await create();
      const delivery = await deliver(genuine);
      const changed = delivery.body.slice();
      changed[0] = (changed[0] ?? 0) ^ 1;
      for (const body of [
        changed,
        delivery.body.slice(1),
        delivery.body.slice(0, -1),
        Uint8Array.of(...delivery.body, 10),
      ])
        expect(await receiver.verify({ ...delivery, body })).toStrictEqual(rejected("signature-invalid"));
    });

    it.each([301, -301, 86_400])("rejects one that arrives %i seconds after it was sent", async (seconds) => {
      const { receiver, deliver } = await create();
      const delivery = await deliver({ ...genuine, receivedAt: addSeconds(genuine.sentAt, seconds) });
      expect(await receiver.verify(delivery)).toStrictEqual(rejected("signature-stale"));
    });

    if (namesAccount)
      it("rejects what the provider signed for another account", async () => {
        const { receiver, deliver } = await create();
        const delivery = await deliver({ ...genuine, account: "foreign" });
        expect(await receiver.verify(delivery)).toStrictEqual(rejected("foreign-account"));
      });

    if (namesRequest)
      it("rejects a header that names another request than the body", async () => {
        const { receiver, deliver } = await create();
        const delivery = await deliver({ ...genuine, headerRequestId: "00000000-0000-4000-8000-000000000000" });
        expect(await receiver.verify(delivery)).toStrictEqual(rejected("request-mismatch"));
      });
  });
}
