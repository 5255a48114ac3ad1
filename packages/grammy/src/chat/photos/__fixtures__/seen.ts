import type { PhotoRejection } from "@likeness/core";
import type { Texts } from "../../../texts/texts.ts";
import type { Text } from "../../../texts/text.ts";
import type { ChatStage } from "./chat-stage.ts";

/** The words of a text. */
export const wording = (said: Text): string => (typeof said === "string" ? said : said.text);

/** What the bot's messages in the chat say now, oldest first, and which message each answers. */
export const seen = ({ ada }: ChatStage): { readonly said?: string; readonly replyTo?: number }[] =>
  ada
    .chat()
    .filter(({ from }) => from === "bot")
    .map(({ text, caption, replyTo }) => ({ said: text ?? caption, ...(replyTo !== undefined && { replyTo }) }));

/** What a status has to say, counted from the rows. */
export async function statusOf(
  { ports, overview }: ChatStage,
  avatarId: string,
  rejectedNumbers: readonly number[] = [],
  moreRejected = 0,
): Promise<string> {
  const { avatar, photos, readiness } = await overview(avatarId);
  const given: Parameters<Texts["photos.status"]>[0] = {
    name: avatar.name,
    accepted: readiness.accepted,
    minimum: readiness.minimum,
    maximum: readiness.maximum,
    checking: photos.filter(({ state }) => state.status === "pending").length,
    rejected: photos.flatMap(({ number, state }) =>
      state.status === "rejected" && rejectedNumbers.includes(number) ? [{ number, rejection: state.rejection }] : [],
    ),
    moreRejected,
  };
  return wording(ports.say("en", "photos.status", given));
}

/** The reply to a photo that was not taken. */
export const refusal = ({ ports }: ChatStage, replyTo: number | undefined, rejection: PhotoRejection) => ({
  said: wording(ports.say("en", "photo.rejected", { number: 1, rejection })),
  replyTo,
});
