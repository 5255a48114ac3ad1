import type { Message, MessageEntity } from "grammy/types";
import type { FormattedText } from "../text/parse-mode.ts";
import type { Markup } from "./reply-markup.ts";

/** Messages without entities do not have the field. */
export const entitiesOf = (
  field: "entities" | "caption_entities",
  entities: readonly MessageEntity[],
): Partial<Message> => (entities.length > 0 ? { [field]: [...entities] } : {});

/** Messages with an empty caption do not have the field either. */
export const captionOf = ({ text, entities }: FormattedText): Partial<Message> =>
  text === "" ? {} : { caption: text, ...entitiesOf("caption_entities", entities) };

export const keyboardOf = ({ keyboard }: Markup): Pick<Message, "reply_markup"> =>
  keyboard ? { reply_markup: keyboard } : {};
