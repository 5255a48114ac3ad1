import { createPrivateKey, createPublicKey } from "node:crypto";
import { systemClock, webhookAddress, type WebhookIntake } from "@likeness/core";
import { falKeySet, falWebhooks } from "@likeness/fal";
import { signFalWebhook } from "@likeness/fal/testing";
import { requestIds, trainingIds } from "./avatar-rows.ts";

/** The account and the signing key of the fake fal, shared by the processes of the server and the sender. */
export const userId = "bench-account";
const keyHeader = Buffer.from("302e020100300506032b657004220420", "hex");
export const privateKey = createPrivateKey({
  key: Buffer.concat([keyHeader, Buffer.alloc(32, "bench")]),
  format: "der",
  type: "pkcs8",
});
export const publicKey = createPublicKey(privateKey);

/** The intake as a deployment has it; the key set is answered without a network. */
export const intake: WebhookIntake = {
  receiver: falWebhooks({
    userId,
    keys: falKeySet({
      urls: ["https://keys.example"],
      fetch: async () => Response.json({ keys: [publicKey.export({ format: "jwk" })] }),
    }),
  }),
  address: webhookAddress({ publicUrl: "https://bench.example", secrets: ["a secret of at least thirty-two bytes"] }),
};

export interface SignedDelivery {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** fal's webhook that a training succeeded, signed now: it is good for five minutes. */
export async function signedDelivery(number: number): Promise<SignedDelivery> {
  const requestId = requestIds.of(number);
  const body = Buffer.from(JSON.stringify(successOf(requestId)));
  const timestamp = Math.floor(Date.parse(systemClock.now()) / 1000);
  return {
    url: new URL(await intake.address.urlFor(trainingIds.of(number))),
    headers: {
      "content-type": "application/json",
      ...signFalWebhook({ privateKey, requestId, userId, timestamp, body }),
    },
    body,
  };
}

const successOf = (requestId: string) => ({
  request_id: requestId,
  gateway_request_id: requestId,
  status: "OK",
  payload: {
    diffusers_lora_file: fileOf(requestId, "pytorch_lora_weights.safetensors", "application/octet-stream"),
    config_file: fileOf(requestId, "config.json", "application/json"),
  },
});

/** Without its size: the fake serves a smaller one, which would not be taken for a copy. */
const fileOf = (requestId: string, name: string, type: string) => ({
  url: `https://files.example/${requestId}/${name}`,
  content_type: type,
  file_name: name,
});
