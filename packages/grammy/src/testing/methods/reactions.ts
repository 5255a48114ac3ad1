import { ok, safeTry } from "neverthrow";
import { z } from "zod";
import { changeChat, findMessage } from "../state/chats.ts";
import { withoutUndefined } from "../state/without-undefined.ts";
import { refuse } from "../wire/refusal.ts";
import { numberOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";
import { writableChat } from "./writable-chat.ts";

/** In an album, the first message gets it. https://core.telegram.org/bots/api#setmessagereaction */
export const setMessageReaction: Method = (context, call) =>
  safeTry(function* () {
    const parsed = reactionSchema.safeParse(call.fields["reaction"] ?? []);
    if (!parsed.success) return refuse(400, "can't parse reaction types JSON object");
    if (parsed.data.length > 1) return refuse(400, "REACTIONS_TOO_MANY");
    const emoji = parsed.data[0]?.emoji;
    if (emoji !== undefined && !allowed.has(plain(emoji))) return refuse(400, "REACTION_INVALID");
    const chat = yield* writableChat(context, call);
    const named = findMessage(chat, numberOf(call, "message_id"));
    if (!named) return refuse(400, "message to react not found");
    const { media_group_id: album } = named.message;
    const inAlbum = chat.messages.find(({ message }) => album !== undefined && message.media_group_id === album);
    const target = inAlbum ?? named;
    const changed = withoutUndefined({ ...target, reaction: emoji });
    changeChat(context, chat, { messages: chat.messages.map((record) => (record === target ? changed : record)) });
    const messageId = target.message.message_id;
    context.events.emit(withoutUndefined({ type: "reaction", chatId: chat.person.id, messageId, emoji } as const));
    return ok({ result: true });
  });

/** Without the mark that asks for a coloured picture, which some keyboards add. */
const plain = (emoji: string): string => emoji.replaceAll("\uFE0F", "");

/** https://core.telegram.org/bots/api#reactiontypeemoji */
const allowed = new Set(
  (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 " +
    "👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
  ).split(" "),
);

const reactionSchema = z.array(z.looseObject({ type: z.literal("emoji"), emoji: z.string() }));
