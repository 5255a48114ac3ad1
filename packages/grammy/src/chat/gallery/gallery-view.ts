import type { Picture, PictureChoice } from "@likeness/core";

/** How a picture is looked at, as the buttons below it hold it. */
export interface GalleryView {
  /** Alone, as it came; among all pictures of the person, or among those of its avatar. */
  readonly among: "alone" | "all" | "avatar";
  readonly favourites?: true;
  /** Whether its caption says what it was made from. */
  readonly prompt?: true;
}

const letters = { alone: "s", all: "o", avatar: "a" } as const satisfies Record<GalleryView["among"], string>;

export const writeView = ({ among, favourites, prompt }: GalleryView): string =>
  `${letters[among]}${favourites ? "f" : ""}${prompt ? "p" : ""}`;

/** `undefined`: no button of ours holds it. */
export function readView(text = ""): GalleryView | undefined {
  const [, letter, favourites, prompt] = /^([soa])(f?)(p?)$/.exec(text) ?? [];
  const among = (["alone", "all", "avatar"] as const).find((each) => letters[each] === letter);
  return among && { among, ...(favourites && { favourites: true }), ...(prompt && { prompt: true }) };
}

/** Among which pictures one is looked at. */
export const choiceOf = (
  { among, favourites }: GalleryView,
  { ownerId: actor, avatarId }: Pick<Picture, "ownerId" | "avatarId">,
): PictureChoice => ({
  actor,
  ...(among === "avatar" && { avatarId }),
  ...(favourites && { favourites }),
});
