import type { Picture, StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { hasModel } from "../has-model.ts";
import { oldButton, type PressAnswer, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { choiceOf, type GalleryView } from "./gallery-view.ts";
import { orToast, type GalleryError } from "./or-toast.ts";
import { findPicture, showPicture } from "./show-picture.ts";

/** *Gallery*: the newest picture of an avatar, or of all, in a message of its own. */
export const openGallery: PressHandler = (ports, { person, id }) =>
  (id === "" ? openNewest(ports, person, { among: "all" }) : openOf(ports, person, id)).orElse(orToast(ports, person));

const openOf = (ports: ChatPorts, person: Person, avatarId: string): ResultAsync<PressAnswer, GalleryError> =>
  findOverview(ports, person, avatarId).andThen((overview) =>
    overview ? openNewest(ports, person, { among: "avatar" }, overview.avatar) : okAsync(oldButton(ports, { person })),
  );

function openNewest(
  ports: ChatPorts,
  person: Person,
  view: GalleryView,
  avatar?: { readonly id: string; readonly name: string },
): ResultAsync<PressAnswer, GalleryError> {
  return safeTry(async function* () {
    const newest = yield* newestOf(ports, { ownerId: person.actor, avatarId: avatar?.id ?? "" }, view);
    const found = newest && (yield* findPicture(ports, person, newest.id, view));
    return found ? showPicture(ports, person, found, view) : showEmpty(ports, person, avatar);
  });
}

/** The newest of the chosen pictures. */
export const newestOf = (
  { likeness }: Pick<ChatPorts, "likeness">,
  of: Pick<Picture, "ownerId" | "avatarId">,
  view: GalleryView,
): ResultAsync<Picture | undefined, StorageFailure> =>
  likeness.images.list({ ...choiceOf(view, of), limit: 1 }).map(([newest]) => newest);

/** Says that there are no pictures yet, with the way to some. */
export const showEmpty = (
  ports: ChatPorts,
  person: Person,
  avatar?: { readonly id: string; readonly name: string },
): ResultAsync<PressAnswer, GalleryError> =>
  safeTry(async function* () {
    const found = avatar && (yield* findOverview(ports, person, avatar.id));
    const mayDraw = found === undefined || hasModel(found.avatar);
    const keyboard = mayDraw
      ? InlineKeyboard.from([[button(ports, person, "button.make-pictures", "make", avatar?.id ?? "")]])
      : undefined;
    const said = ports.say(person.locale, "gallery.empty", { name: avatar?.name });
    return showMessage(ports, person, said, { keyboard }).map(() => undefined);
  });
