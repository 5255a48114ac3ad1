import { okAsync, type ResultAsync } from "neverthrow";
import { InlineKeyboard } from "grammy";
import type { Waiting } from "../../texts/texts.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { photoButtons } from "../photos/photo-buttons.ts";
import type { ChatError } from "../press.ts";
import type { Received } from "../received.ts";
import { showMessage } from "../show-message.ts";
import { claimHint } from "./claim-hint.ts";

/** An update that the chat does not expect. */
export interface Unexpected {
  readonly waiting: Waiting;
  readonly received: Received;
  /** The album it came in. */
  readonly group?: string;
  /** When the person sent it, in seconds since 1970, as Telegram's messages have it. */
  readonly date?: number;
  /** The avatar whose photos the wizard waits for. */
  readonly avatarId?: string;
}

/**
 * Says what is expected instead, with the buttons for it once there are enough photos. An album, or messages of the
 * same moment, get one hint; a message sent after the hint gets another.
 */
export function hint(
  ports: Pick<ChatPorts, "likeness" | "store" | "clock" | "api" | "say">,
  person: Person,
  { waiting, received, group, date, avatarId }: Unexpected,
): ResultAsync<void, ChatError> {
  const { say } = ports;
  return claimHint(ports, person, { topic: `${waiting} ${received}`, group, date }).andThen((claimed) => {
    if (!claimed) return okAsync(undefined);
    const mayContinue = waiting === "enough-photos" || waiting === "all-photos";
    const photosOf = mayContinue && avatarId ? findOverview(ports, person, avatarId) : okAsync(undefined);
    return photosOf
      .map((found) => found && InlineKeyboard.from([photoButtons(ports, person, found)]))
      .andThen((keyboard) =>
        showMessage(
          ports,
          person,
          say(person.locale, "hint", { waiting, received, ...(group !== undefined && { album: true }) }),
          { keyboard },
        ),
      )
      .map(() => undefined);
  });
}
