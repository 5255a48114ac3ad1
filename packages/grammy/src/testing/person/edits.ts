import { findMessage, privateChat, replaceMessage } from "../state/chats.ts";
import { storePhoto } from "../state/files.ts";
import { withoutUndefined } from "../state/without-undefined.ts";
import type { World } from "../state/world.ts";
import type { Person } from "./person.ts";
import { commandsIn, openChat } from "./says.ts";

export function edits(
  world: World,
  personId: number,
  messageId: number,
  { text, caption, photo }: Parameters<Person["edits"]>[1],
): void {
  const chat = openChat(world, personId);
  const record = findMessage(chat, messageId);
  if (!record || record.message.from?.id !== personId) {
    throw new Error(`${chat.person.first_name} has no message ${messageId} to edit`);
  }
  const edit_date = world.timers.date();
  const message = withoutUndefined({
    ...record.message,
    ...(text === undefined ? {} : { text, entities: commandsIn(text) }),
    ...(caption === undefined ? {} : { caption }),
    ...(photo === undefined ? {} : { photo: [...storePhoto(world, photo)] }),
    edit_date,
  });
  replaceMessage(world, personId, { ...record, message });
  world.updates.add({
    edited_message: { ...message, chat: privateChat(chat.person), from: chat.person, edit_date },
  });
}
