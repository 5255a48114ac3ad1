import type { WebhookIntake } from "../ports/outside-ports.ts";
import type { Delivery, WebhookReceiver } from "../ports/webhook-receiver.ts";

/** Who verifies a delivery: of several providers the one that sends such headers, else that of new orders. */
export const receiverOf = (
  { receiver, former = [] }: WebhookIntake,
  { headers }: Pick<Delivery, "headers">,
): WebhookReceiver =>
  [receiver, ...former].find((each) => each.headers.some((name) => headers[name] !== undefined)) ?? receiver;

/** Who reads a stored delivery; `undefined` where its provider is not there any more. */
export const receiverNamed = ({ receiver, former = [] }: WebhookIntake, source: string): WebhookReceiver | undefined =>
  [receiver, ...former].find((each) => each.source === source);
