import type { ChatMember } from "grammy/types";
import { changeChat, chatOf, privateChat } from "../state/chats.ts";
import type { World } from "../state/world.ts";

/** In private chats the bot hears of exactly this. https://core.telegram.org/bots/api#update, `my_chat_member` */
function tells(world: World, personId: number, blocked: boolean): void {
  const chat = chatOf(world, personId);
  if (chat.blocked === blocked) return;
  changeChat(world, chat, { blocked });
  world.events.emit({ type: blocked ? "blocked" : "unblocked", chatId: personId });
  const { state, timers, updates } = world;
  const member: ChatMember = { user: state.bot, status: "member" };
  const kicked: ChatMember = { user: state.bot, status: "kicked", until_date: 0 };
  updates.add({
    my_chat_member: {
      chat: privateChat(chat.person),
      from: chat.person,
      date: timers.date(),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    },
  });
}

export const blocks = (world: World, personId: number): void => tells(world, personId, true);

export const unblocks = (world: World, personId: number): void => tells(world, personId, false);
