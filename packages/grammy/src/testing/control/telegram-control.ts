import type { Update } from "grammy/types";
import type { FileTrouble } from "../state/telegram-snapshot.ts";
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
 * Plays the people and the troubles. The same over HTTP: `POST /_control/<command>` with the named values as JSON, and
 * `GET /_control/<view>`. Unknown ids throw; over HTTP they are 400 with `error`.
 */
export interface TelegramControl {
  /** A person with a Telegram app, known again by id. A profile given later changes what it names. */
  person(id: number, profile?: PersonProfile): Person;
  /** Everybody who is known, by id. */
  people(): readonly Person[];

  /** Makes calls of the bot fail. The first fault that fits a call is taken. */
  fault(fault: TelegramFault): void;
  clearFaults(): void;
  /** Makes downloads of a file fail. Photos are named by any of their sizes. */
  breakFile(fileId: string, trouble: FileTrouble): void;
  mendFile(fileId: string): void;

  /** Sends an update once more, with the same number. */
  deliverAgain(updateId: number): void;
  /** Keeps further updates back. */
  holdUpdates(): void;
  /** Lets them go, in the order they came or the other way round. */
  releaseUpdates(options?: { readonly order?: "reversed" | undefined }): void;

  /** What the bot called, newest last; the latest 10 000. */
  readonly calls: readonly TelegramCall[];
  /** Every update of this run, newest last; the latest 10 000. */
  readonly updates: readonly Update[];
  /** Every attempt to deliver an update to the webhook; the latest 10 000. */
  readonly deliveries: readonly TelegramDelivery[];
  file(fileId: string): TelegramFileContent;
  /** Calls back for whatever happens. Returns how to end that. */
  subscribe(listener: (event: TelegramEvent) => void): () => void;
}
