import type { Credits, Purchases, StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat/chat-ports.ts";
import type { StarPackage } from "./star-package.ts";

/** An error of the type `paid-work-off` means that nothing can be ordered at present. */
export type TakesOrders = (command: {
  readonly actor: string;
}) => ResultAsync<unknown, StorageFailure | { readonly type: "not-allowed" | "paid-work-off" }>;

/** All ports of the shop. Each part takes only those it names. */
export interface ShopPorts extends Pick<ChatPorts, "store" | "api" | "clock" | "ids" | "log" | "say"> {
  readonly purchases: Purchases;
  readonly packages: readonly StarPackage[];
  readonly balance: Credits["balance"];
  readonly quote: Credits["quote"];
  /** Whether the bot has the chat of the avatars. */
  readonly hasAvatars: boolean;
  /** What credits are called. */
  readonly unit: string;
  readonly support: string;
  readonly terms?: string | undefined;
  /** Whether every payment in the bot is the shop's. */
  readonly onlySeller: boolean;
  /** Whether something is sold to a person. */
  readonly allows: (command: { readonly actor: string }) => boolean;
  /** Whether anything can be ordered with what is bought. */
  readonly takesOrders: TakesOrders;
  readonly reconcileSeconds: number;
}
