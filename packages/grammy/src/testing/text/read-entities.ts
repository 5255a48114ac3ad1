import { ok, type Result } from "neverthrow";
import { z } from "zod";
import type { MessageEntity } from "grammy/types";
import { refuse, type Refusal } from "../wire/refusal.ts";

/** The entities of a call, checked against the text they stand in. */
export function readEntities(given: unknown, text: string): Result<readonly MessageEntity[], Refusal> {
  if (given === undefined) return ok([]);
  if (!Array.isArray(given)) return refuse(400, "can't parse entities: expected an Array of MessageEntity");
  const entities: MessageEntity[] = [];
  for (const one of given) {
    const parsed = entitySchema.safeParse(one);
    if (!parsed.success) return refuse(400, `can't parse MessageEntity: ${whyNot(one)}`);
    const problem = misplaced(parsed.data, text);
    if (problem) return refuse(400, problem);
    // The schema keeps all fields, and which ones belong to which type has been checked.
    if (parsed.data.length > 0) entities.push(parsed.data as MessageEntity);
  }
  return ok(entities.toSorted((left, right) => left.offset - right.offset || right.length - left.length));
}

type Entity = z.infer<typeof entitySchema>;

function misplaced(entity: Entity, text: string): string | undefined {
  const { offset, length } = entity;
  const end = offset + length;
  if (offset < 0) return `receive an entity with incorrect offset ${offset}`;
  if (length < 0) return `receive an entity with incorrect length ${length}`;
  if (offset > text.length) return `entity begins after the end of the text at UTF-16 offset ${offset}`;
  if (end > text.length) {
    return `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`;
  }
  if (isInsidePair(text, offset)) return `entity begins in a middle of a UTF-16 symbol at byte offset ${offset}`;
  if (isInsidePair(text, end)) return `entity ends in a middle of a UTF-16 symbol at byte offset ${end}`;
  if (entity.type === "text_link" && !isLink(entity.url)) {
    return `entity URL '${entity.url}' is invalid: Wrong HTTP URL`;
  }
  return undefined;
}

const isInsidePair = (text: string, offset: number): boolean => /^[\uDC00-\uDFFF]/.test(text.slice(offset, offset + 1));

const isLink = (url: string): boolean => /^(?:https?|ton|tg|tonsite):$/.test(URL.parse(url)?.protocol ?? "");

const whyNot = (entity: unknown): string =>
  z.looseObject({ offset: z.int(), length: z.int() }).safeParse(entity).success
    ? "Unsupported type specified"
    : "MessageEntity must be an Object with offset and length";

const place = { offset: z.int(), length: z.int() };

const entitySchema = z.discriminatedUnion("type", [
  z.looseObject({
    ...place,
    type: z.enum([
      "mention",
      "hashtag",
      "cashtag",
      "bot_command",
      "url",
      "email",
      "phone_number",
      "bold",
      "italic",
      "underline",
      "strikethrough",
      "spoiler",
      "blockquote",
      "expandable_blockquote",
      "code",
      "pre",
    ]),
  }),
  z.looseObject({ ...place, type: z.literal("text_link"), url: z.string() }),
  z.looseObject({ ...place, type: z.literal("text_mention"), user: z.looseObject({ id: z.int() }) }),
  z.looseObject({ ...place, type: z.literal("custom_emoji"), custom_emoji_id: z.string() }),
  z.looseObject({ ...place, type: z.literal("date_time"), unix_time: z.int() }),
]);
