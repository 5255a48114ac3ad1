import type { Notification, NotificationTemplate, Picture } from "@likeness/core";
import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Place } from "../conversation/place.ts";
import type { ShowPicturesError } from "../pictures/show-pictures.ts";
import type { Wording } from "./notification-message.ts";
import { findPictures, sendAlone, sendPictures, type SendPorts } from "./send-pictures.ts";
import { forgetTold } from "./told-groups.ts";

/** Messages that are worth sending without their pictures while our own stores fail. */
const wordsSuffice = {
  "training-ready": true,
  "first-look": false,
  "images-done": false,
  "model-unsaved": true,
  "training-failed": true,
  "training-unconfirmed": true,
  "owner-leaving": true,
} as const satisfies Record<NotificationTemplate, boolean>;

/** The pictures that a notification shows. */
export const picturesIn = ({ content }: Notification): readonly string[] =>
  "pictureIds" in content ? (content.pictureIds ?? []) : [];

/**
 * Sends the pictures of a notification and then its words, whose buttons so stand at the end. Returns the id of the last
 * message; `undefined` when there was nothing to say, because all pictures were deleted meanwhile.
 */
export const tellPictures = (
  ports: SendPorts,
  place: Place,
  wording: Wording,
  notification: Notification,
  sayWords: (notification: Notification) => ResultAsync<number, ShowPicturesError>,
): ResultAsync<number | undefined, ShowPicturesError> =>
  safeTry(async function* () {
    const { template } = notification.content;
    const found = await findPictures(ports, notification, picturesIn(notification));
    if (found.isErr() && !wordsSuffice[template]) return err(found.error);
    const pictures = found.unwrapOr([]);
    if (pictures.length === 0 && template !== "training-ready") return ok(undefined);

    const [only, ...others] = pictures;
    if (template === "images-done" && only && others.length === 0) {
      const sent = await sendAlone(ports, place, wording, notification, only);
      if (sent.isOk() || !canDoWithout(sent.error, template)) return sent;
    } else {
      const sent = await sendPictures(ports, place, wording, notification, pictures);
      if (sent.isErr() && !canDoWithout(sent.error, template)) return err(sent.error);
    }
    const messageId = yield* sayWords(withPictures(notification, pictures));
    yield* forgetTold(ports.sessions, notification.id);
    return ok(messageId);
  });

/** Telegram refuses the pictures, or they are gone: the words are sent without them. */
const canDoWithout = ({ type }: ShowPicturesError, template: NotificationTemplate): boolean =>
  type === "refused" || type === "picture-gone" || (type === "storage-failure" && wordsSuffice[template]);

/** The numbers on the buttons are those of the pictures above. */
const withPictures = (notification: Notification, pictures: readonly Picture[]): Notification => {
  const { content } = notification;
  return content.template === "images-done"
    ? { ...notification, content: { ...content, pictureIds: pictures.map(({ id }) => id) } }
    : notification;
};
