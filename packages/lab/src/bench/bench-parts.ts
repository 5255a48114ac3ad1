import { benchArchive } from "./archive.ts";
import type { BenchPart } from "./bench-part.ts";
import { benchCoreSize } from "./core-size.ts";
import { benchOutcomeCosts } from "./outcome-costs.ts";
import { benchGrowth } from "./growth.ts";
import { benchImageMemory } from "./image-memory.ts";
import { benchImageOrders } from "./image-orders.ts";
import { benchPhotoInspection } from "./photo-inspection.ts";
import { benchPreCheckout } from "./pre-checkout.ts";
import { benchStoreTransaction } from "./store-transaction.ts";
import { benchStart } from "./start.ts";
import { benchPressing, benchThousandPeople } from "./thousand-people.ts";
import { benchWebhookCosts } from "./webhook-costs.ts";
import { benchWebhookIntake } from "./webhook-intake.ts";

export interface BenchOptions {
  /** How many people come in the parts that are about many. */
  readonly people: number;
}

/** The parts of the benchmark, in the order in which they run. */
export const benchParts: Readonly<Record<string, (options: BenchOptions) => Promise<BenchPart>>> = {
  core: benchCoreSize,
  store: benchStoreTransaction,
  archive: benchArchive,
  photos: benchPhotoInspection,
  webhooks: benchWebhookIntake,
  costs: benchWebhookCosts,
  outcomes: benchOutcomeCosts,
  images: benchImageOrders,
  memory: benchImageMemory,
  payments: benchPreCheckout,
  start: benchStart,
  presses: benchPressing,
  people: ({ people }) => benchThousandPeople(people, "one"),
  cluster: ({ people }) => benchThousandPeople(people, "cluster"),
  growth: benchGrowth,
};
