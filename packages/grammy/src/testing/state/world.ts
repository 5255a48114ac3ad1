import type { Timers } from "@likeness/fake-server/timers";
import type { Events } from "../control/events.ts";
import type { UpdateQueue } from "../updates/update-queue.ts";
import type { TelegramState } from "./telegram-snapshot.ts";

/** The state on which all methods work. */
export interface World {
  readonly state: TelegramState;
  /** The bytes of files by their hex SHA-256. */
  readonly bytes: Map<string, Uint8Array<ArrayBuffer>>;
  readonly timers: Timers;
  readonly events: Events;
  readonly updates: UpdateQueue;
}
