import type { AvatarStatus, Notification, NotificationTemplate } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { button, type ButtonKey } from "../chat/button.ts";
import type { Verb } from "../chat/callback-data.ts";
import { eraOf } from "../chat/era.ts";
import type { Say } from "../texts/catalog.ts";
import type { Text } from "../texts/text.ts";

/** A button about the avatar in question, or about all of them. */
type Offer = { readonly key: ButtonKey; readonly verb: Verb; readonly about: "avatar" | "all" };

/** The buttons for the next steps, one per row. */
const offers = {
  "training-ready": [
    { key: "button.avatars", verb: "avatars", about: "all" },
    { key: "button.create", verb: "create", about: "all" },
  ],
  "model-unsaved": [
    { key: "button.train-again", verb: "confirm", about: "avatar" },
    { key: "button.avatars", verb: "avatars", about: "all" },
  ],
  "training-failed": [
    { key: "button.train-again", verb: "confirm", about: "avatar" },
    { key: "button.more-photos", verb: "photos", about: "avatar" },
    { key: "button.avatars", verb: "avatars", about: "all" },
  ],
  "training-unconfirmed": [{ key: "button.progress", verb: "progress", about: "avatar" }],
} as const satisfies Record<NotificationTemplate, readonly Offer[]>;

export interface NotificationMessage {
  readonly said: Text;
  readonly keyboard: InlineKeyboard;
}

/** The text of a notification in the owner's language, and its buttons. */
export const notificationMessage = (
  say: Say,
  locale: string,
  { content, avatarName: name, avatarId, orderId }: Notification,
): NotificationMessage => ({
  said: saidOf(say, locale, name, content),
  keyboard: InlineKeyboard.from(
    offers[content.template].map(({ key, verb, about }) => [
      about === "avatar"
        ? button({ say }, { locale }, key, verb, avatarId, eraOf(statusAfter(content), orderId))
        : button({ say }, { locale }, key, verb),
    ]),
  ),
});

/** The avatar's status after the reported outcome. */
function statusAfter(content: Notification["content"]): AvatarStatus {
  switch (content.template) {
    case "training-ready":
    case "model-unsaved":
      return "ready";
    case "training-failed":
      return content.stillReady ? "ready" : "failed";
    case "training-unconfirmed":
      return "training";
  }
}

function saidOf(say: Say, locale: string, name: string, content: Notification["content"]): Text {
  switch (content.template) {
    case "training-ready":
      return say(locale, "ready", { name, model: content.model ?? "under-way" });
    case "model-unsaved":
      return say(locale, "unsaved", { name });
    case "training-failed":
      return say(locale, "failed", { name, reason: content.reason, hasModel: content.stillReady === true });
    case "training-unconfirmed":
      return say(locale, "unconfirmed", { name });
  }
}
