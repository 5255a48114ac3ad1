import type { FalFake } from "@likeness/fal/testing";
import type { TelegramFake } from "@likeness/grammy/testing";
import type { RunningBot } from "../bot/run-bot.ts";
import type { TroubleName, TroubleState } from "../protocol.ts";
import type { WebhookRoad } from "./webhook-road.ts";

/** Something that can be made to go wrong. */
export interface Trouble {
  readonly name: TroubleName;
  /** Which bot it happens to, where there are several. */
  readonly bot?: string;
  state(): TroubleState;
  /** Arms it, or takes it back; what waits for nothing happens at once. */
  set(armed: boolean): void;
}

export type Killable = Pick<RunningBot, "status" | "subscribe" | "kill">;

/** What troubles are made with. */
export interface TroubleStage {
  readonly fal: { readonly fake: Pick<FalFake, "control">; readonly road: Pick<WebhookRoad, "loseNext"> };
  readonly telegram: { readonly fake: Pick<TelegramFake, "control"> };
  readonly bots: readonly Killable[];
  /** The database server, if there is one. Resolves when it is back. */
  readonly database?: { restart(): Promise<void> };
}

/** Whom a trouble tells what becomes of it. */
export interface Audience {
  /** Its state is another one. */
  changed(): void;
  /** A line behind the chat. */
  tell(line: string): void;
}
