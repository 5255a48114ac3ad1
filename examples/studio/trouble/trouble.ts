import type { FalFake } from "@likeness/fal/testing";
import type { TelegramFake } from "@likeness/grammy/testing";
import type { RunningBot } from "../bot/run-bot.ts";
import type { TroubleName, TroubleState } from "../protocol.ts";
import type { WebhookConnection } from "./webhook-connection.ts";

/** A failure that the person can start. */
export interface Trouble {
  readonly name: TroubleName;
  /** The bot that it concerns, where there are several. */
  readonly bot?: string;
  state(): TroubleState;
  /** Arms or disarms it; a trouble that waits for nothing happens at once. */
  set(armed: boolean): void;
}

export type Killable = Pick<RunningBot, "status" | "subscribe" | "kill">;

/** The parts of the studio that troubles use. */
export interface TroubleStage {
  readonly fal: { readonly fake: Pick<FalFake, "control">; readonly connection: Pick<WebhookConnection, "loseNext"> };
  readonly telegram: { readonly fake: Pick<TelegramFake, "control"> };
  readonly bots: readonly Killable[];
  /** The database server, if there is one. Resolves when it is back. */
  readonly database?: { restart(): Promise<void> };
}

/** What a trouble reports to. */
export interface Audience {
  /** Called when its state has changed. */
  changed(): void;
  /** Adds a line to the second panel. */
  tell(line: string): void;
}
