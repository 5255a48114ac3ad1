import { ok } from "neverthrow";
import { z } from "zod";
import { refuse } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";
import { threadOf } from "./thread.ts";
import { writableChat } from "./writable-chat.ts";

export const setMyDescription: Method = ({ state }, call) => {
  state.descriptions[textOf(call, "language_code")] = textOf(call, "description");
  return ok({ result: true });
};

export const setMyShortDescription: Method = ({ state }, call) => {
  state.shortDescriptions[textOf(call, "language_code")] = textOf(call, "short_description");
  return ok({ result: true });
};

export const setChatMenuButton: Method = ({ state }, call) => {
  const parsed = menuButtonSchema.safeParse(call.fields["menu_button"] ?? { type: "default" });
  if (!parsed.success) return refuse(400, "can't parse menu button: MenuButton has unsupported type");
  state.menuButtons[textOf(call, "chat_id")] = parsed.data;
  return ok({ result: true });
};

export const sendChatAction: Method = (context, call) => {
  const action = textOf(call, "action");
  if (!actions.includes(action)) return refuse(400, "wrong parameter action in request");
  return writableChat(context, call).andThen((chat) =>
    threadOf(chat, call).map(() => {
      context.events.emit({ type: "chat-action", chatId: chat.person.id, action });
      return { result: true };
    }),
  );
};

/** https://core.telegram.org/bots/api#sendchataction */
const actions = [
  "typing",
  "upload_photo",
  "record_video",
  "upload_video",
  "record_voice",
  "upload_voice",
  "upload_document",
  "choose_sticker",
  "find_location",
  "record_video_note",
  "upload_video_note",
];

const menuButtonSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.enum(["commands", "default"]) }),
  z.looseObject({ type: z.literal("web_app"), text: z.string(), web_app: z.looseObject({ url: z.string() }) }),
]);
