import type { Avatar, PictureSet, PlaceInSet } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { Question } from "../question.ts";

/** How many pictures of a set are ready; it can be cancelled while some wait to be drawn. */
export function drawingCard(
  ports: Pick<ChatPorts, "say">,
  { locale }: Pick<Person, "locale">,
  { name }: Pick<Avatar, "name">,
  { id, places }: PictureSet,
): Question {
  const ready = places.filter(({ status }) => status === "shown").length;
  const said = ports.say(locale, "drawing", { name, ready, count: places.length });
  if (!places.some(isQueued)) return { said };
  return { said, keyboard: InlineKeyboard.from([[button(ports, { locale }, "button.cancel-drawing", "stop", id)]]) };
}

const isQueued = ({ order: { state } }: PlaceInSet): boolean =>
  state.status === "requested" || (state.status === "submitted" && state.progress.startedAt === undefined);

/** The end of a set that its owner has cancelled. */
export const cancelledCard = (
  ports: Pick<ChatPorts, "say">,
  { locale }: Pick<Person, "locale">,
  { id, name }: Pick<Avatar, "id" | "name">,
): Required<Question> => ({
  said: ports.say(locale, "drawing.cancelled", { name }),
  keyboard: InlineKeyboard.from([[button(ports, { locale }, "button.make-pictures", "make", id)]]),
});

/** Whether nothing of a set came or will come, because its owner has cancelled it. */
export const isCancelled = ({ places }: PictureSet): boolean => places.every(({ status }) => status === "cancelled");
