import { okAsync, type ResultAsync } from "neverthrow";
import type { Waiting } from "../../texts/texts.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import type { Received } from "../received.ts";
import { showMessage } from "../show-message.ts";
import { claimHint } from "./claim-hint.ts";

/** Something that came and that nobody waits for. */
export interface Unexpected {
  readonly waiting: Waiting;
  readonly received: Received;
  /** The album it came in. */
  readonly group?: string;
}

/** Says what is expected instead. Once for an album, and once for the same within some seconds. */
export function hint(
  ports: Pick<ChatPorts, "store" | "clock" | "api" | "say">,
  person: Person,
  { waiting, received, group }: Unexpected,
): ResultAsync<void, ChatError> {
  const { say } = ports;
  return claimHint(ports, person, { topic: `${waiting} ${received}`, group }).andThen((claimed) =>
    claimed
      ? showMessage(ports, person, say(person.locale, "hint", { waiting, received })).map(() => undefined)
      : okAsync(undefined),
  );
}
