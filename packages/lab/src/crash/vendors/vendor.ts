import type { Behaviour } from "../behaviours.ts";
import type { Troubles } from "./troubles.ts";

export type VendorName = "fal" | "replicate";

/** What the provider has made of an order: a picture that may be shown, one that must not, or bytes that are no picture. */
export type Made = "fine" | "blocked" | "broken";

/** By the ids of the orders whose pictures the provider has made. */
export type MadePictures = () => ReadonlyMap<string, Made>;

/** The paid requests that the provider has received. */
export interface PaidRequests {
  /** The requests for an order that it accepted or may have accepted: all but those it answered with 429. */
  posts(orderId: string): number;
  /** Whether it accepted one. */
  taken(orderId: string): boolean;
}

/** What becomes of one request: a picture that is flagged, one that is black, or weights that cannot be read. */
export type Fate = "flagged" | "black" | "input-gone";

export interface Pace {
  readonly queueSeconds: number;
  readonly runSeconds: number;
}

/** A fake provider that serves the processes of a run. */
export interface Vendor {
  readonly name: VendorName;
  readonly url: string;
  readonly paid: PaidRequests;
  readonly pictures: MadePictures;
  /** From now on. */
  always(behaviour: Behaviour, pace: Pace): void;
  /** The next paid request. */
  next(fate: Fate): void;
  /** What a soak makes happen there. */
  readonly troubles: Troubles;
  /** Whether it still has a webhook to deliver. */
  awaitsWebhooks(): boolean;
  /** Sends forged webhooks, and returns a line for each that was not refused as required. */
  acceptedForgeries(): Promise<string[]>;
  close(): Promise<void>;
}

/** The order in a webhook's address. */
export const orderInAddress = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : (new URL(address).searchParams.get("order") ?? undefined);

/**
 * Sends a forged webhook, and once more if nothing answered, as a provider does: on a busy machine a connection that was kept may
 * end while it is used again.
 */
export async function answerTo(send: () => Promise<number | string>): Promise<number | string> {
  const answer = await send();
  return typeof answer === "number" ? answer : send();
}

/** A line for each forgery with an answer that it must not have. */
export const wronglyAnswered = (
  expected: Readonly<Record<string, number>>,
  given: Readonly<Record<string, unknown>>,
): string[] =>
  Object.entries(expected)
    .filter(([kind, answer]) => given[kind] !== answer)
    .map(([kind]) => `a forged webhook (${kind}) was answered with ${String(given[kind])}`);
