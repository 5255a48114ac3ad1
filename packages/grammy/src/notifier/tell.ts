import type { Notification, NotificationTemplate, Picture } from "@likeness/core";
import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Place } from "../conversation/place.ts";
import type { ShowPicturesError } from "../pictures/show-pictures.ts";
import { sendText } from "../telegram/messages.ts";
import { notificationMessage, type Wording } from "./notification-message.ts";
import { findPictures, sendAlone, sendPictures, type SendPorts } from "./send-pictures.ts";
import { forgetTold } from "./told-groups.ts";

export type TellPorts = Pick<SendPorts, "api" | "sessions" | "log"> & Partial<Pick<SendPorts, "store" | "blobs">>;

/** Messages that are worth sending without their pictures while our own stores fail. */
const textFirst = {
  "training-ready": true,
  "first-look": false,
  "images-done": false,
  "model-unsaved": true,
  "training-failed": true,
  "training-unconfirmed": true,
} as const satisfies Record<NotificationTemplate, boolean>;

/**
 * Sends the pictures of a notification, then its text, whose buttons so stand at the end. Returns the id of the last
 * message; `undefined` when there was nothing to say, because all pictures of a set were deleted meanwhile.
 */
export const tell = (
  ports: TellPorts,
  place: Place,
  wording: Wording,
  notification: Notification,
): ResultAsync<number | undefined, ShowPicturesError> =>
  safeTry(async function* () {
    const { content, id } = notification;
    const listed = "pictureIds" in content ? (content.pictureIds ?? []) : [];
    const sending = sendPortsOf(ports);
    if (listed.length === 0 || !sending) return sendWords(ports, place, wording, notification);

    const found = await findPictures(sending, notification, listed);
    if (found.isErr() && !textFirst[content.template]) return err(found.error);
    const pictures = found.unwrapOr([]);
    if (found.isOk() && pictures.length === 0 && content.template !== "training-ready") return ok(undefined);

    const [only, ...others] = pictures;
    if (content.template === "images-done" && only && others.length === 0) {
      const sent = await sendAlone(sending, place, wording, notification, only);
      if (sent.isOk() || !canDoWithout(sent.error, content.template)) return sent;
    } else {
      const sent = await sendPictures(sending, place, wording, notification, pictures);
      if (sent.isErr() && !canDoWithout(sent.error, content.template)) return err(sent.error);
    }
    const shown = withPictures(notification, pictures);
    const messageId = yield* sendWords(ports, place, wording, shown);
    yield* forgetTold(ports.sessions, id);
    return okAsync(messageId);
  });

const sendPortsOf = ({ store, blobs, ...ports }: TellPorts): SendPorts | undefined =>
  store && blobs && { ...ports, store, blobs };

const sendWords = (
  { api }: Pick<TellPorts, "api">,
  place: Place,
  wording: Wording,
  notification: Notification,
): ResultAsync<number, ShowPicturesError> => {
  const { said, keyboard } = notificationMessage(wording, notification);
  return sendText(api, place, said, { keyboard });
};

/** Telegram refuses the pictures, or they are gone: the words are sent without them. */
const canDoWithout = ({ type }: ShowPicturesError, template: NotificationTemplate): boolean =>
  type === "refused" || type === "picture-gone" || (type === "storage-failure" && textFirst[template]);

/** The numbers on the buttons are those of the pictures above. */
const withPictures = (notification: Notification, pictures: readonly Picture[]): Notification => {
  const { content } = notification;
  return content.template === "images-done"
    ? { ...notification, content: { ...content, pictureIds: pictures.map(({ id }) => id) } }
    : notification;
};
