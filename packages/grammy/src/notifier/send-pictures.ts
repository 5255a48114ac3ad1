import type { Notification, Picture, SessionRepository, StorageFailure } from "@likeness/core";
import type { Api } from "grammy";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { aloneButtons } from "../chat/gallery/picture-card.ts";
import type { Place } from "../conversation/place.ts";
import {
  kindOf,
  showPictures,
  type PictureItem,
  type PicturePorts,
  type ShowPicturesError,
} from "../pictures/show-pictures.ts";
import { sendAlbum, sendMedia } from "../telegram/media.ts";
import type { Wording } from "./notification-message.ts";
import { findTold, noteTold } from "./told-groups.ts";

export interface SendPorts extends PicturePorts {
  readonly api: Api;
  readonly sessions: SessionRepository;
}

/** The pictures of a message that are still there, in their order. */
export const findPictures = (
  { store }: Pick<PicturePorts, "store">,
  { ownerId }: Pick<Notification, "ownerId">,
  pictureIds: readonly string[],
): ResultAsync<Picture[], StorageFailure> =>
  safeTry(async function* () {
    const found: Picture[] = [];
    for (const id of pictureIds) {
      const picture = yield* store.pictures.find(id);
      if (picture?.ownerId === ownerId) found.push(picture);
    }
    return ok(found);
  });

/** Sends the only picture of a set, with its buttons. */
export const sendAlone = (
  { api, ...ports }: SendPorts,
  place: Place,
  { say, locale }: Wording,
  { avatarName, content }: Notification,
  picture: Picture,
): ResultAsync<number | undefined, ShowPicturesError> => {
  const { blocked, failed, priced } =
    content.template === "images-done" ? content : { blocked: 0, failed: 0, priced: undefined };
  const said = say(locale, "picture.caption", { blocked, failed, priced });
  const item = { picture, said, avatarName };
  return showPictures(ports, [item], ([media]) =>
    media
      ? sendMedia(api, place, media, aloneButtons({ say, locale }, picture)).map((sent) => [sent])
      : okAsync(undefined),
  ).map((sent) => sent?.[0]?.messageId);
};

/**
 * Sends pictures as albums; those that do not fit as photos are documents, which have albums of their own. Continues
 * where an earlier attempt was interrupted.
 */
export const sendPictures = (
  { api, sessions, ...ports }: SendPorts,
  place: Place,
  { say, locale }: Wording,
  { id, avatarName }: Notification,
  pictures: readonly Picture[],
): ResultAsync<void, ShowPicturesError> =>
  safeTry(async function* () {
    const items = pictures.map((picture, index): PictureItem => {
      const number = pictures.length > 1 ? index + 1 : undefined;
      const said = say(locale, "picture.caption", { place: number, blocked: 0, failed: 0 });
      return { picture, said, avatarName };
    });
    let progress = yield* findTold(sessions, id);
    for (const [index, group] of groupsOf(items).entries()) {
      if (index < progress.told) continue;
      yield* showPictures(ports, group, ([first, ...others]) => {
        if (!first) return okAsync(undefined);
        return others.length > 0
          ? sendAlbum(api, place, [first, ...others])
          : sendMedia(api, place, first).map((sent) => [sent]);
      });
      progress = yield* noteTold(sessions, id, { ...progress, told: index + 1 });
    }
    return ok(undefined);
  });

type Group = [PictureItem, ...PictureItem[]];

/** Photos and documents apart, because an album holds only one kind. */
function groupsOf(items: readonly PictureItem[]): Group[] {
  const kinds = ["photo", "document"] as const;
  return kinds.flatMap((kind): Group[] => {
    const [first, ...others] = items.filter(({ picture }) => kindOf(picture) === kind);
    return first ? [[first, ...others]] : [];
  });
}
