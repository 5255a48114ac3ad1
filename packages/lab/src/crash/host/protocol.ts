import type { Policy } from "@likeness/core";
import type { EngineName } from "../engines/engines.ts";
import type { KindName } from "../kinds.ts";
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
  /** The point at which it kills itself, once. */
  readonly killAt?: KillPoint;
}

/** What pictures are made from: a scene, or the newest picture of their owner. */
export type PictureSource = "scene" | "again" | "variation";

/** An owner presses the button: creates an avatar if there is none, and places its order. */
export interface Order {
  readonly kind: KindName;
  readonly owner: string;
  /** The same key twice is the same order. */
  readonly key: string;
  /** Of pictures; a scene when absent. */
  readonly from?: PictureSource;
}

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
