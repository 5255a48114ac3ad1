import type { AvatarStatus, FailureReason, InvalidWords, Quote, Ratio } from "@likeness/core";
import type { Payable, Unpaid } from "./payable.ts";
import type { Text } from "./text.ts";

/** What a picture shows: a scene by its name in the person's language, or the person's own words. */
export type Shown = { readonly scene: string; readonly note?: string | undefined } | { readonly words: string };

/** What has become of the pictures that cannot be shown. */
export interface Missing {
  readonly blocked: number;
  readonly failed: number;
  /** Whether pictures cost something here. */
  readonly priced?: true | undefined;
}

/** What is ordered again with a price: one picture, or all pictures of a set. */
export type Repeat = "again" | "variation" | "larger" | "set";

/** Why words are refused. */
export type WordsProblem = InvalidWords extends infer Each
  ? Each extends unknown
    ? Omit<Each, "type">
    : never
  : never;

/** Everything that the bot says about pictures. A price is only given where a picture costs its owner something. */
export interface PictureTexts {
  readonly "command.images": () => string;

  /** Nothing can be drawn yet. `avatars`: how many the person has that are not ready. */
  readonly "images.none": (given: { readonly avatars: number }) => Text;
  /** Several avatars are ready: the choice between them. */
  readonly "images.whose": () => Text;
  /** The choice of a scene. `previous`: the avatar is being trained again, and its previous model draws until then. */
  readonly "scenes.prompt": (given: {
    readonly name: string;
    readonly page: number;
    readonly pages: number;
    readonly previous: boolean;
  }) => Text;
  /** The next text is what is drawn. */
  readonly "words.prompt": (given: { readonly name: string; readonly maximum: number }) => Text;
  readonly "words.invalid": (given: WordsProblem) => Text;
  /** The host does not allow these words. */
  readonly "words.refused": () => Text;
  /** The card from which pictures are ordered. */
  readonly "order.prompt": (
    given: {
      readonly name: string;
      readonly shown: Shown;
      readonly ratio: Ratio;
      readonly count: number;
      readonly previous: boolean;
    } & Payable,
  ) => Text;
  /** The host no longer has the scene. */
  readonly "scene.gone": () => Text;
  /** No pictures were ordered, since the person's credits do not cover them. */
  readonly "credits.pictures": (given: Unpaid) => Text;
  /** Ordering again costs something: the question before it. */
  readonly "repeat.ask": (given: { readonly what: Repeat; readonly price: Quote } & Payable) => Text;

  readonly drawing: (given: { readonly name: string; readonly ready: number; readonly count: number }) => Text;
  readonly "drawing.cancelled": (given: { readonly name: string }) => Text;

  /** The message under an album, whose buttons lead to each picture. */
  readonly "pictures.done": (given: { readonly name: string; readonly pictures: number } & Missing) => Text;
  /** None can be shown. `reason`: of all that failed, if it is the same. */
  readonly "pictures.failed": (
    given: { readonly name: string; readonly reason?: FailureReason | undefined } & Missing,
  ) => Text;
  /** The message under the first pictures of an avatar. */
  readonly "first-look": (given: { readonly name: string }) => Text;
  /** The caption of a picture that is sent: at most 1024 characters. `place`: its number in an album. */
  readonly "picture.caption": (given: { readonly place?: number | undefined } & Missing) => Text;
  /** The caption of a picture in the gallery: at most 1024 characters. `shown`: on demand. */
  readonly "picture.card": (given: { readonly name: string; readonly shown?: Shown | undefined }) => Text;
  /** Also a caption. */
  readonly "picture.delete": () => Text;
  /** `name`: of the avatar whose gallery it is. */
  readonly "gallery.empty": (given: { readonly name?: string | undefined }) => Text;
  /** The wizard waited for words and was cancelled. */
  readonly "cancel.words": () => Text;

  readonly "toast.no-model": (given: { readonly status: AvatarStatus }) => string;
  /** Its model is of a provider at which no pictures are made any more. */
  readonly "toast.model-elsewhere": () => string;
  /** An enlarged picture would be larger than can be stored. */
  readonly "toast.too-large": () => string;
  readonly "toast.no-favourites": () => string;
  /** Some pictures of a cancelled set are drawn already. */
  readonly "toast.still-coming": () => string;
  readonly "toast.cannot-cancel": () => string;
  /** Telegram asks to wait. */
  readonly "toast.busy": () => string;

  readonly "button.make-pictures": () => string;
  readonly "button.gallery": () => string;
  readonly "button.own-words": () => string;
  readonly "button.all-scenes": () => string;
  readonly "button.count": (given: { readonly count: number; readonly chosen: boolean }) => string;
  readonly "button.draw": () => string;
  readonly "button.other-scene": () => string;
  readonly "button.cancel-drawing": () => string;
  readonly "button.try-again": () => string;
  readonly "button.again": () => string;
  readonly "button.variation": () => string;
  readonly "button.larger": () => string;
  readonly "button.original": () => string;
  readonly "button.show-prompt": () => string;
  readonly "button.hide-prompt": () => string;
  readonly "button.favourites": () => string;
  readonly "button.all-pictures": () => string;
  readonly "button.delete-picture": () => string;
  readonly "button.keep-picture": () => string;
  readonly "button.draw-it": () => string;
  readonly "button.not-now": () => string;
}
