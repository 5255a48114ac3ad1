import type { Guards } from "../guards/guards.ts";
import type { ImagePorts } from "../images/image-ports.ts";
import type { ConsentPolicy } from "../owners/consent-policy.ts";
import type { Policy } from "../policy.ts";
import type { Profiles } from "../trainings/profile.ts";
import type { WebhookAddress } from "../webhooks/webhook-address.ts";
import type { Alarms } from "./alarms.ts";
import type { Check } from "./check.ts";
import type { Network } from "./network.ts";
import type { BlobStore } from "./blob-store.ts";
import type { Clock } from "./clock.ts";
import type { Credits } from "./credits.ts";
import type { Ids } from "./ids.ts";
import type { JobQueue } from "./job-queue.ts";
import type { Log } from "./log.ts";
import type { Notifier } from "./notifier.ts";
import type { PhotoInspector } from "./photo-inspector.ts";
import type { PhotoSource } from "./photo-source.ts";
import type { OutcomeSource, Provider } from "./provider.ts";
import type { Purchases } from "./purchases.ts";
import type { Store } from "./store.ts";
import type { WebhookReceiver } from "./webhook-receiver.ts";

/** A number from 0 up to, but not including, 1; a port, so that tests control it. Used only to spread waiting times. */
export type Random = () => number;

/** What receives webhooks; absent in a deployment without a public URL, which only polls. */
export interface WebhookIntake {
  readonly receiver: WebhookReceiver;
  /** Of former providers, whose webhooks have other headers. */
  readonly former?: readonly WebhookReceiver[] | undefined;
  readonly address: WebhookAddress;
}

/** What the core needs from outside. */
export interface OutsidePorts {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly provider: Provider;
  readonly outcomes: OutcomeSource;
  readonly webhooks?: WebhookIntake | undefined;
  readonly blobs: BlobStore;
  readonly photoSource?: PhotoSource | undefined;
  readonly inspector: PhotoInspector;
  readonly notifier: Notifier;
  readonly credits: Credits;
  /** What people bought: stays under a pseudonym when they are erased; absent where nothing is sold. */
  readonly purchases?:
    | (Pick<Purchases, "pseudonymise" | "statement" | "deleteUnpaid"> &
        // For operators.
        Partial<Pick<Purchases, "listPayments" | "orderRefund">>)
    | undefined;
  /** Who is told about alarms; the log is always one of them. */
  readonly alarms: readonly Alarms[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Log;
  /** How pictures are made; absent in a deployment that only trains. */
  readonly images?: ImagePorts | undefined;
  /** One per kind of avatar that is offered, e.g. only `portrait`. */
  readonly profiles: Profiles;
  /** What is asked of a person before their first photo. */
  readonly consent: ConsentPolicy;
  readonly policy: Policy;
  /** What keeps the deployment from ordering too much; absent: only the limits of the policy. */
  readonly guards?: Guards | undefined;
  /** For the check of the public address; absent: it is skipped. */
  readonly network?: Network | undefined;
  /** Checks of the host, beside those of the core and of its ports. */
  readonly checks?: readonly Check[] | undefined;
}
