import type { Policy } from "@likeness/core";
import type { EngineName } from "../engines/engines.ts";
import type { OrderKindName } from "../kinds.ts";
import type { KillPoint } from "../kill-points.ts";
import type { VendorName } from "../vendors/vendor.ts";

/** The configuration of a host program, as JSON in its only parameter. */
export interface HostSettings {
  readonly engine: EngineName;
  readonly database: string;
  /** Where blobs are kept. */
  readonly folder: string;
  readonly vendor: VendorName;
  readonly providerUrl: string;
  readonly telegramUrl: string;
  /** Where the provider reports to. */
  readonly publicUrl: string;
  readonly policy: Partial<Policy>;
  /** Whether pictures are ordered when a training ends. */
  readonly firstLook?: boolean;
  /** Whether it sells credits in its chat; owners are given none then. */
  readonly sells?: boolean;
  /** The point at which it kills itself, once. */
  readonly killAt?: KillPoint;
}

/** What pictures are made from: a scene, or the newest picture of their owner. */
export type PictureSource = "scene" | "again" | "variation";

/** What else is done for a person: an operator gives a payment back, everything is stored that may be, all is erased. */
export type Act = "refund" | "belongings" | "erase";

/** An owner presses the button: creates an avatar if there is none, and places its order. */
export interface Order {
  readonly kind: OrderKindName | Act;
  readonly owner: string;
  /** The same key twice is the same order; of an erasure its id, of a refund that of the charge. */
  readonly key: string;
  /** Of pictures; a scene when absent. */
  readonly from?: PictureSource;
}

export type Placing = Omit<Order, "kind">;

export type HostMessage =
  | { readonly type: "ready"; readonly port: number }
  /** `problem`: why it was not ordered. */
  | { readonly type: "ordered"; readonly key: string; readonly owner: string; readonly problem?: string };

/** Of the account at the fake provider and of the bot at the fake Telegram. */
export const account = {
  key: "crash-id:crash-secret",
  userId: "the-account-of-the-crash-run",
  webhookSecret: "a secret of the crash run with more than 32 bytes",
  token: "4242:a-token-of-the-crash-run",
} as const;
