import type { StorageFailure } from "@likeness/core";
import type { Message, User } from "grammy/types";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { commandIn, commands, isCommand } from "../commands/commands.ts";
import { incomingPhoto } from "../photos/incoming-photo.ts";
import { takePhoto } from "../photos/take-photo.ts";
import type { ChatError } from "../press.ts";
import { showStep } from "../wizard/show-step.ts";
import { takeName, takeNewName } from "../wizard/take-name.ts";
import { noteLocale, visit, type Visit } from "./visit.ts";

/** What is done about something that is ours. */
export type Work = () => ResultAsync<void, ChatError>;

export interface IncomingMessage {
  readonly message: Message;
  readonly from: User;
  /** The bot's own username. */
  readonly username: string;
}

/** What to do about a message: our commands, and what the present step waits for. `undefined`: it is somebody else's. */
export const claimMessage = (
  ports: ChatPorts,
  incoming: IncomingMessage,
): ResultAsync<Work | undefined, StorageFailure> =>
  visit(ports, incoming.from).map((visited) => {
    const work = workFor(ports, visited, incoming);
    return work && (() => noteLocale(ports, visited).andThen(work));
  });

function workFor(
  ports: ChatPorts,
  { person, conversation }: Visit,
  { message, username }: IncomingMessage,
): Work | undefined {
  const { step, answeredId, promptId } = conversation;
  const { text, message_id: messageId } = message;
  if (messageId === answeredId) return () => (promptId === undefined ? showStep(ports, person) : okAsync(undefined));

  if (text !== undefined) {
    const command = commandIn(text, username);
    if (command) return () => commands[command](ports, person, messageId);
    if (isCommand(text)) return undefined;
    if (step.name === "name") return () => takeName(ports, person, step, { text, messageId });
    if (step.name === "rename") return () => takeNewName(ports, person, step, { text, messageId });
  }
  const photo = step.name === "photos" ? incomingPhoto(message) : undefined;
  return photo && (() => takePhoto(ports, person, photo));
}
