import type { BehavioursSnapshot } from "./queue/behaviours.ts";
import type { FilesSnapshot } from "./storage/file-store.ts";
import type { WaitingFault } from "./wire/faults.ts";
import type { KeyringSnapshot } from "./webhooks/keyring.ts";
import type { PlatformSwitches } from "./platform/platform-routes.ts";
import type { KeptEntry } from "./queue/runs.ts";
import type { WebhooksSnapshot } from "./webhooks/webhooks.ts";

/**
 * The whole state of a fake, as JSON: requests with their times and outcomes, undelivered webhooks, the outputs of its
 * models, its signing keys, and what the control has set. It must be kept as private as those keys.
 *
 * Of a complete upload it holds what a trainer finds in it, but not the bytes: it can be trained on, but not
 * downloaded. It does not hold unfinished uploads, nor the lists of `requests` and `deliveries`.
 */
export interface FalFakeSnapshot extends FilesSnapshot {
  readonly requests: readonly KeptEntry[];
  readonly webhooks: WebhooksSnapshot;
  readonly keys: KeyringSnapshot;
  readonly behaviours: BehavioursSnapshot;
  readonly faults: readonly WaitingFault[];
  readonly switches: PlatformSwitches;
}
