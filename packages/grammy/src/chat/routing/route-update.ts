import type { Context, MiddlewareFn } from "grammy";
import type { Message, User } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { isPostponable } from "../../updates/postpone.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { isCommand } from "../commands/command-named.ts";
import { commandIn, commands } from "../commands/commands.ts";
import { incomingPhoto } from "../photos/incoming-photo.ts";
import { takePhoto } from "../photos/take-photo.ts";
import { takeWords } from "../pictures/take-words.ts";
import { noteVisit, visit, whoVisits, type FoundPerson } from "../person.ts";
import type { ChatError } from "../press.ts";
import { resumeCards } from "../training/followed-here.ts";
import { showStep } from "../wizard/show-step.ts";
import { takeName, takeNewName } from "../wizard/take-name.ts";
import { unlessRest } from "../wizard/unless-rest.ts";
import { answerQuery, pressedIn } from "./answer-query.ts";
import { guarded } from "./guarded.ts";
import { isForEverybody, orTurnAway } from "./turn-away.ts";

/**
 * Handles our updates and passes on the others. Errors of ours are handled here; exceptions of the host are not caught.
 */
export const routeUpdate =
  (ports: ChatPorts): MiddlewareFn =>
  async (context, next) => {
    if (!(await isHandled(ports, context))) await next();
  };

async function isHandled(ports: ChatPorts, { update, me }: Context): Promise<boolean> {
  const { message, callback_query: query, my_chat_member: member } = update;
  const pressed = query && pressedIn(query);
  if (query && pressed) {
    await answerQuery(ports, update, query, pressed);
    return true;
  }
  if (message?.chat.type === "private" && message.from) {
    const waits = isPostponable(update);
    const claim = await claimMessage(ports, { message, from: message.from, username: me.username, waits });
    if (claim) await guarded(ports, { update, person: claim.person }, claim.work);
    return claim !== undefined;
  }
  if (member?.chat.type === "private" && member.new_chat_member.status === "member") {
    const person = whoVisits(member, await visit(ports, member));
    await guarded(ports, { update, person }, () =>
      ports.likeness.messages.resendMissed({ actor: person.actor }).andThen(() => resumeCards(ports, person)),
    );
  }
  return false;
}

/** The work for an update that is ours. */
type Work = () => ResultAsync<void, ChatError>;

/** An update that is ours. */
interface Claim {
  readonly person: Person;
  readonly work: Work;
}

interface IncomingMessage {
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
async function claimMessage(ports: ChatPorts, incoming: IncomingMessage): Promise<Claim | undefined> {
  const { message, from, username, waits } = incoming;
  const visitor = { from, topicId: message.message_thread_id };
  const visited = await visit(ports, visitor);
  if (visited.isErr()) {
    const isOurs = message.text !== undefined && commandIn(ports, message.text, username) !== undefined;
    const person = whoVisits(visitor, visited);
    if (isOurs || waits) return { person, work: () => errAsync(visited.error) };
    const { message_id: messageId } = message;
    ports.log.error({ actor: person.actor, messageId, error: visited.error.type }, "it is unknown whose message it is");
    return undefined;
  }
  const work = workFor(ports, visited.value, incoming);
  if (!work) return undefined;
  const { person } = visited.value;
  const moment = { group: message.media_group_id, date: message.date };
  const welcome = () => noteVisit(ports, visited.value).andThen(work);
  const isOpen = isForEverybody(message.text === undefined ? undefined : commandIn(ports, message.text, username));
  return { person, work: () => orTurnAway(ports, person, moment, welcome, isOpen ? work : undefined) };
}

function workFor(
  ports: ChatPorts,
  { person, conversation }: FoundPerson,
  { message, username }: IncomingMessage,
): Work | undefined {
  const { step, answeredId, promptId } = conversation;
  const { text, message_id: messageId } = message;
  if (messageId === answeredId) return () => (promptId === undefined ? showStep(ports, person) : okAsync(undefined));

  if (text !== undefined) {
    const command = commandIn(ports, text, username);
    if (command) return () => commands[command](ports, person, messageId);
    if (isCommand(text)) return undefined;
    const sent = { text, messageId, date: message.date };
    const takenBy =
      (take: Work): Work =>
      () =>
        unlessRest(ports, person, conversation, sent, take);
    if (step.name === "name") return takenBy(() => takeName(ports, person, step, sent));
    if (step.name === "rename") return takenBy(() => takeNewName(ports, person, step, sent));
    if (step.name === "words") return takenBy(() => takeWords(ports, person, step, sent));
  }
  const photo = step.name === "photos" ? incomingPhoto(message) : undefined;
  return photo && (() => takePhoto(ports, person, photo));
}
