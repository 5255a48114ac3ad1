import type { BehavioursSnapshot } from "./queue/behaviours.ts";
import type { FilesSnapshot } from "./storage/file-store.ts";
import type { WaitingFault } from "./wire/faults.ts";
import type { KeyringSnapshot } from "./webhooks/keyring.ts";
import type { PlatformSwitches } from "./platform/platform-routes.ts";
import type { KeptEntry } from "./queue/runs.ts";
import type { WebhooksSnapshot } from "./webhooks/webhooks.ts";

/**
 * All that a fake remembers, as JSON: requests with their times and outcomes, webhooks that are not yet delivered, what
 * its models made, its signing keys, and what the control has set. Keep it as private as those keys.
 *
 * Of a complete upload only that is kept what a trainer would find in it, not its bytes: it can be trained on, but not
 * downloaded. An upload under way is forgotten, as are the lists of `requests` and `deliveries`.
 */
export interface FalFakeSnapshot extends FilesSnapshot {
  readonly requests: readonly KeptEntry[];
  readonly webhooks: WebhooksSnapshot;
  readonly keys: KeyringSnapshot;
  readonly behaviours: BehavioursSnapshot;
  readonly faults: readonly WaitingFault[];
  readonly switches: PlatformSwitches;
}
