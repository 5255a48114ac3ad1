import { z } from "zod";
import type { AlbumItem, ButtonChoice, FileInput, PersonProfile } from "../person/person.ts";
import type { TelegramFault } from "../wire/faults.ts";

/** Everything a person does names the person. */
const who = { person: z.int().positive() };

const base64 = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, "base64")));

const trouble = z.enum(["missing", "truncated", "slow", "oversized"]);

const photo = { bytes: base64, caption: z.string().optional(), trouble: trouble.optional() };

const aboutFile = {
  name: z.string().optional(),
  mimeType: z.string().optional(),
  caption: z.string().optional(),
  trouble: trouble.optional(),
};

/** Bytes in base64, or a size that is only claimed. */
const file = z.union([
  z.strictObject({ ...aboutFile, bytes: base64 }),
  z.strictObject({ ...aboutFile, size: z.int().min(0) }),
]) satisfies z.ZodType<FileInput>;

const albumItem = z.union([
  z.strictObject({ ...aboutFile, bytes: base64, as: z.literal("photo").optional() }),
  z.strictObject({ ...aboutFile, bytes: base64, as: z.literal("document") }),
  z.strictObject({ ...aboutFile, size: z.int().min(0), as: z.literal("document") }),
]) satisfies z.ZodType<AlbumItem>;

const messageId = z.int().positive();

const button = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ data: z.string() }),
]) satisfies z.ZodType<ButtonChoice>;

const profile = {
  firstName: z.string().min(1).optional(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string().optional(),
} satisfies Record<keyof PersonProfile, z.ZodType>;

const fault = z.strictObject({
  method: z.union([z.string(), z.array(z.string())]).optional(),
  chatId: z.int().optional(),
  times: z.int().min(1).max(100_000).optional(),
  untilCleared: z.boolean().optional(),
  answer: z.union([
    z.enum(["drop", "apply-then-drop"]),
    z.strictObject({ delayMs: z.number().min(0).max(600_000) }),
    z.strictObject({
      error_code: z.int().min(400).max(599),
      description: z.string().optional(),
      retry_after: z.int().min(1).optional(),
      html: z.boolean().optional(),
    }),
  ]),
}) satisfies z.ZodType<TelegramFault>;

/** The input of each command of the control over HTTP. */
export const schemas = {
  person: z.strictObject({ ...who, ...profile }),
  says: z.strictObject({ ...who, text: z.string().min(1), replyTo: messageId.optional() }),
  sendsPhoto: z.strictObject({ ...who, ...photo }),
  sendsAlbum: z.strictObject({ ...who, items: z.array(albumItem).min(1) }),
  sendsFile: z.strictObject({ ...who, file }),
  alone: z.strictObject(who),
  edits: z.strictObject({
    ...who,
    messageId,
    text: z.string().optional(),
    caption: z.string().optional(),
    photo: base64.optional(),
  }),
  presses: z.strictObject({ ...who, button, messageId: messageId.optional() }),
  forges: z.strictObject({ ...who, data: z.string(), messageId: messageId.optional() }),
  pays: z.strictObject({
    ...who,
    messageId: messageId.optional(),
    forwardedBy: who.person.optional(),
    link: z.string().optional(),
  }),
  refund: z.strictObject({ chargeId: z.string().min(1) }),
  fault,
  createsTopic: z.strictObject({ ...who, name: z.string().min(1).max(128) }),
  opensTopic: z.strictObject({ ...who, topicId: messageId.optional() }),
  deletesTopic: z.strictObject({ ...who, topicId: messageId }),
  nothing: z.strictObject({}),
  breakFile: z.strictObject({ fileId: z.string(), trouble }),
  mendFile: z.strictObject({ fileId: z.string() }),
  loseFile: z.strictObject({ fileId: z.string() }),
  deliverAgain: z.strictObject({ updateId: z.int() }),
  releaseUpdates: z.strictObject({ order: z.literal("reversed").optional() }),
};
