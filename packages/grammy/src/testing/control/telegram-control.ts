import type { Update } from "grammy/types";
import type { FileTrouble, StarRecord } from "../state/telegram-snapshot.ts";
import type { Person, PersonProfile } from "../person/person.ts";
import type { TelegramFault } from "../wire/faults.ts";
import type { TelegramCall } from "../wire/calls.ts";
import type { TelegramDelivery } from "../updates/webhook-courier.ts";
import type { TelegramEvent } from "./events.ts";

/** A file as a page shows it. */
export interface TelegramFileContent {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name?: string | undefined;
  readonly mimeType: string;
}

/**
 * Controls the people and the faults. The same over HTTP: `POST /_control/<command>` with the named values as JSON, and
 * `GET /_control/<view>`. Unknown ids throw; over HTTP they are 400 with `error`.
 */
export interface TelegramControl {
  /** A person with a Telegram app; the same id is the same person. A profile passed later changes the given fields. */
  person(id: number, profile?: PersonProfile): Person;
  /** All people, by id. */
  people(): readonly Person[];

  /** Makes calls of the bot fail. The first fault that matches a call is used. */
  fault(fault: TelegramFault): void;
  clearFaults(): void;
  /** Makes downloads of a file fail. Photos are named by any of their sizes. */
  breakFile(fileId: string, trouble: FileTrouble): void;
  mendFile(fileId: string): void;
  /** Makes calls that name a file fail, as ids do that Telegram does not know. A photo is named by any of its sizes. */
  loseFile(fileId: string): void;

  /** Gives a payment back without a call of the bot, as Telegram's support can. */
  refund(chargeId: string): void;

  /** Sends an update once more, with the same number. */
  deliverAgain(updateId: number): void;
  /** Keeps further updates back. */
  holdUpdates(): void;
  /** Releases them, in order or in reverse order. */
  releaseUpdates(options?: { readonly order?: "reversed" | undefined }): void;

  /** The calls of the bot, newest last; the latest 10 000. */
  readonly calls: readonly TelegramCall[];
  /** Every update of this run, newest last; the latest 10 000. */
  readonly updates: readonly Update[];
  /** The bot's account in Stars, oldest first. */
  readonly stars: readonly StarRecord[];
  /** Every attempt to deliver an update to the webhook; the latest 10 000. */
  readonly deliveries: readonly TelegramDelivery[];
  file(fileId: string): TelegramFileContent;
  /** Calls back for every event. Returns a function that unsubscribes. */
  subscribe(listener: (event: TelegramEvent) => void): () => void;
}
