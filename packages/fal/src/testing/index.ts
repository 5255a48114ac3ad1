export type {
  FalFakeBehaviour,
  FalFakeOutcome,
  FalFakeRefusal,
  FalFakeSubmit,
  FalFakeWebhook,
} from "./queue/behaviours.ts";
export type { FalFakePicture } from "./pictures/picture-file.ts";
export type { RouteName as FalFakeRoute } from "./wire/call.ts";
export type { FalFakeAccepted, FalFakeControl } from "./control/control.ts";
export type { FalFakeActivity, FalFakeAnswered, FalFakeDelivered } from "./wire/activities.ts";
export type { FalFakeDelivery } from "./webhooks/delivery.ts";
export { falFake } from "./fal-fake.ts";
export type { FalFake, FalFakeOptions } from "./fal-fake.ts";
export type { FalFakeSnapshot } from "./fal-fake-snapshot.ts";
export type { FalFakeFault } from "./wire/faults.ts";
export { forgeries } from "./webhooks/forge.ts";
export type { FalForgery } from "./webhooks/forge.ts";
export type { FalFakeRequest } from "./wire/router.ts";
export { serveFalFake } from "./serve-fal-fake.ts";
export type { ServedFalFake } from "./serve-fal-fake.ts";
export type { ServeOptions } from "@likeness/fake-server";
export { signFalWebhook } from "./sign-fal-webhook.ts";
export type { FalWebhookInput } from "./sign-fal-webhook.ts";
export type { WebhookAnswer } from "./webhooks/webhook-schedule.ts";
