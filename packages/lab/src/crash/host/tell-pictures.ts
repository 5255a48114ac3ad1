import { addSeconds, systemClock, type Notification, type Notifier, type NotifierFailure } from "@likeness/core";
import { GrammyError, type Api } from "grammy";
import { err, ok, ResultAsync } from "neverthrow";
import { chatOf } from "./chat-of.ts";

type Pictures = Extract<Notification["content"], { readonly template: "images-done" | "first-look" }>;

/** The text that tells of pictures, in which the ids of those that are shown can be counted. */
export const pictureText = ({ template, pictureIds, ...rest }: Pictures): string =>
  [template, ...("setId" in rest ? [rest.setId] : []), ...pictureIds].join(" ");

/** Tells of pictures with one text, which names each that its owner gets, and of everything else as `notifier` does. */
export const tellPictures = (api: Api, notifier: Notifier): Notifier => ({
  send: (notification) => {
    const { content, ownerId } = notification;
    if (content.template !== "images-done" && content.template !== "first-look") return notifier.send(notification);
    return ResultAsync.fromPromise(api.sendMessage(chatOf(ownerId), pictureText(content)), (error) => error)
      .map(({ message_id }) => ({ type: "sent", messageId: String(message_id) }) as const)
      .orElse((error) => {
        if (!(error instanceof GrammyError)) return err(failureOf(String(error)));
        const { retry_after: seconds } = error.parameters;
        return seconds === undefined
          ? err(failureOf(error.description))
          : ok({ type: "retry-at", at: addSeconds(systemClock.now(), seconds + 1) } as const);
      });
  },
});

const failureOf = (detail: string): NotifierFailure => ({ type: "notifier-failure", detail });
