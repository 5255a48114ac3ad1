import type { OwnDataTexts } from "./own-data-texts.ts";
import type { PeopleTexts } from "./people-texts.ts";
import type { PictureTexts } from "./picture-texts.ts";
import type { ShopTexts } from "./shop-texts.ts";
import type { TextKey, Texts } from "./texts.ts";

/** Parts of a catalog that have a file of their own in each language. */
export type ButtonTexts = Pick<
  Texts,
  Exclude<
    Extract<TextKey, `button.${string}`>,
    keyof PictureTexts | keyof PeopleTexts | keyof ShopTexts | keyof OwnDataTexts
  >
>;
export type ProgressTexts = Pick<Texts, "progress" | "progress.ended">;
export type PhotoTexts = Pick<
  Texts,
  | "photos.prompt"
  | "photos.status"
  | "photo.rejected"
  | "photos.full"
  | "toast.checking"
  | "toast.missing"
  | "toast.undone"
  | "toast.nothing-to-undo"
>;
