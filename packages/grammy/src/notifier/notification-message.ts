import type { AvatarStatus, EndedSet, Notification, NotificationContent, NotificationTemplate } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import { button, type ButtonKey } from "../chat/button.ts";
import { callbackData, type Verb } from "../chat/callback-data.ts";
import { eraOf } from "../chat/era.ts";
import { writeView } from "../chat/gallery/gallery-view.ts";
import { inRows } from "../chat/pictures/scene-card.ts";
import type { Say } from "../texts/catalog.ts";
import type { Text } from "../texts/text.ts";

/** A button about the avatar in question, or about all of them; `drawing`: about the avatar, if pictures are made. */
type Offer = { readonly key: ButtonKey; readonly verb: Verb; readonly about: "avatar" | "all" | "drawing" };

const makePictures: Offer = { key: "button.make-pictures", verb: "make", about: "drawing" };

/** The buttons for the next steps, one per row. Those of a set depend on what came of it. */
const offers = {
  "training-ready": [
    makePictures,
    { key: "button.avatars", verb: "avatars", about: "all" },
    { key: "button.create", verb: "create", about: "all" },
  ],
  "first-look": [makePictures],
  "images-done": [],
  "model-unsaved": [
    { key: "button.train-again", verb: "confirm", about: "avatar" },
    { key: "button.avatars", verb: "avatars", about: "all" },
  ],
  "training-failed": [
    { key: "button.train-again", verb: "confirm", about: "avatar" },
    { key: "button.more-photos", verb: "photos", about: "avatar" },
    { key: "button.avatars", verb: "avatars", about: "all" },
  ],
  "owner-leaving": [{ key: "button.privacy", verb: "privacy", about: "all" }],
  "training-unconfirmed": [{ key: "button.progress", verb: "progress", about: "avatar" }],
} as const satisfies Record<NotificationTemplate, readonly Offer[]>;

export interface NotificationMessage {
  readonly said: Text;
  readonly keyboard: InlineKeyboard;
}

/** In which words, and whether pictures are offered. */
export interface Wording {
  readonly say: Say;
  readonly locale: string;
  readonly pictures: boolean;
}

/** The text of a notification in the owner's language, and its buttons. */
export const notificationMessage = (wording: Wording, notification: Notification): NotificationMessage => ({
  said: saidOf(wording, notification),
  keyboard: InlineKeyboard.from([...offered(wording, notification), ...aboutSet(wording, notification)]),
});

type Row = InlineKeyboardButton.CallbackButton[];

const offered = (wording: Wording, { content, avatarId, orderId }: Notification): Row[] => {
  const rows: readonly Offer[] = offers[content.template];
  return rows
    .filter(({ about }) => wording.pictures || about !== "drawing")
    .map(({ key, verb, about }) => [
      about === "avatar"
        ? button(wording, wording, key, verb, avatarId, eraOf(statusAfter(content), orderId))
        : button(wording, wording, key, verb, about === "drawing" ? avatarId : undefined),
    ]);
};

/** A number for each picture, in rows of five, and the same order once more. */
function aboutSet(wording: Wording, { content }: Notification): Row[] {
  if (content.template !== "images-done") return [];
  const numbers = content.pictureIds.map((id, index) =>
    InlineKeyboard.text(String(index + 1), callbackData("picture", id, writeView({ among: "avatar" }))),
  );
  const key = numbers.length > 0 ? "button.again" : "button.try-again";
  return [...inRows(numbers, 5), [button(wording, wording, key, "redraw", content.setId)]];
}

/** The avatar's status after the reported outcome. */
function statusAfter(content: NotificationContent): AvatarStatus {
  switch (content.template) {
    case "training-ready":
    case "model-unsaved":
    case "first-look":
    case "images-done":
    case "owner-leaving":
      return "ready";
    case "training-failed":
      return content.stillReady ? "ready" : "failed";
    case "training-unconfirmed":
      return "training";
  }
}

function saidOf({ say, locale }: Wording, { content, avatarName: name }: Notification): Text {
  switch (content.template) {
    case "training-ready":
      return say(locale, "ready", { name, model: content.model ?? "under-way" });
    case "model-unsaved":
      return say(locale, "unsaved", { name });
    case "training-failed":
      return say(locale, "failed", { name, reason: content.reason, hasModel: content.stillReady === true });
    case "training-unconfirmed":
      return say(locale, "unconfirmed", { name });
    case "first-look":
      return say(locale, "first-look", { name });
    case "owner-leaving":
      return say(locale, "leaving", { name, at: content.erasedAt });
    case "images-done":
      return saidOfSet({ say, locale }, name, content);
  }
}

const saidOfSet = (
  { say, locale }: Pick<Wording, "say" | "locale">,
  name: string,
  { pictureIds, blocked, failed, priced, reason }: EndedSet,
): Text =>
  pictureIds.length > 0
    ? say(locale, "pictures.done", { name, pictures: pictureIds.length, blocked, failed, priced })
    : say(locale, "pictures.failed", { name, blocked, failed, reason });
