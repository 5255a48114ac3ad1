export type { ReplicateFakeBehaviour, ReplicateFakeOutcome, ReplicateFakeSubmit } from "./behaviour.ts";
export { replicateFake } from "./replicate-fake.ts";
export type {
  ReplicateFake,
  ReplicateFakeControl,
  ReplicateFakeOptions,
  ReplicateFakeRequest,
  ReplicateFakeRun,
} from "./replicate-fake.ts";
export type { RunStatus as ReplicateFakeStatus } from "./runs.ts";
export { serveReplicateFake } from "./serve-replicate-fake.ts";
export type { ServedReplicateFake } from "./serve-replicate-fake.ts";
export type { ServeOptions } from "@likeness/fake-server";
export { signReplicateWebhook } from "./sign-replicate-webhook.ts";
export type { ReplicateWebhookInput } from "./sign-replicate-webhook.ts";
export type { ReplicateFakeDelivery } from "./webhooks.ts";
