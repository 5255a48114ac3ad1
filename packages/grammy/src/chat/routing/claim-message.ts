import type { Message, User } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { commandIn, commands } from "../commands/commands.ts";
import { isCommand } from "../commands/is-command.ts";
import { incomingPhoto } from "../photos/incoming-photo.ts";
import { takePhoto } from "../photos/take-photo.ts";
import type { ChatError } from "../press.ts";
import { showStep } from "../wizard/show-step.ts";
import { takeName, takeNewName } from "../wizard/take-name.ts";
import { noteLocale, visit, visitorOf, type Visit } from "./visit.ts";

/** The work for an update that is ours. */
type Work = () => ResultAsync<void, ChatError>;

/** An update that is ours. */
export interface Claim {
  readonly person: Person;
  readonly work: Work;
}

export interface IncomingMessage {
  readonly message: Message;
  readonly from: User;
  /** The bot's own username. */
  readonly username: string;
  /** Whether the update can be delivered again when the store fails. */
  readonly waits: boolean;
}

/**
 * The work for a message that is ours: a command, or what the current step waits for. `undefined`: it is the host's.
 * While the store fails, a message that may be ours counts as the host's, unless it can be delivered again.
 */
export async function claimMessage(ports: ChatPorts, incoming: IncomingMessage): Promise<Claim | undefined> {
  const { message, from, username, waits } = incoming;
  const visitor = { from, topicId: message.message_thread_id };
  const visited = await visit(ports, visitor);
  if (visited.isErr()) {
    const isOurs = message.text !== undefined && commandIn(message.text, username) !== undefined;
    const person = visitorOf(visitor);
    if (isOurs || waits) return { person, work: () => errAsync(visited.error) };
    const { message_id: messageId } = message;
    ports.log.error({ actor: person.actor, messageId, error: visited.error.type }, "it is unknown whose message it is");
    return undefined;
  }
  const work = workFor(ports, visited.value, incoming);
  return work && { person: visited.value.person, work: () => noteLocale(ports, visited.value).andThen(work) };
}

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
