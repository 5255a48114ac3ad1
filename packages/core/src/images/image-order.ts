import type { Order, OrderSnapshot } from "../orders/order.ts";
import type { OutcomeFile } from "../orders/outcome.ts";
import type { Ratio } from "./ratios.ts";

/** How close to the training photos the face is drawn. */
export const resemblances = ["freer", "normal", "closer"] as const;
export type Resemblance = (typeof resemblances)[number];

/** What a picture is made from, as its owner chose it. */
export interface PicturePlan {
  /** `first-look`: ordered for the owner when the training ended. */
  readonly from: "scene" | "words" | "first-look" | "variation" | "upscale";
  /** The key of the scene. */
  readonly scene?: string | undefined;
  /** The owner's own words, before they are translated. */
  readonly words?: string | undefined;
  readonly ratio: Ratio;
  /** From 0 to 2³¹ − 1. */
  readonly seed: number;
  readonly resemblance: Resemblance;
  /** The picture that this one varies or enlarges. */
  readonly parentId?: string | undefined;
}

/** Everything that a picture is made from. */
export interface ImageSnapshot extends OrderSnapshot {
  readonly plan: PicturePlan;
  /** As it was sent; of an enlarged picture, that of the picture before. */
  readonly prompt: string;
  /** Its number in the set, from 1. */
  readonly place: number;
  /** The training whose weights are used. */
  readonly trainingId: string;
  /** It was placed once more, after the provider could not read what it was sent by a link. */
  readonly again?: true | undefined;
  /** Whether its owner pays for it. */
  readonly charged: boolean;
  readonly pictureField: string;
  readonly flagsField?: string | undefined;
  /** The field of the input that takes the address of the source picture, the file `source` of the manifest. */
  readonly sourceField?: string | undefined;
  /** The field that takes the weights, the file `weights` of the manifest, once the provider's own link is gone. */
  readonly weightsField?: string | undefined;
  /** The field that takes their strength, where the one of the weights takes an address alone. */
  readonly scaleField?: string | undefined;
  /** The strength of the weights, e.g. 1. */
  readonly scale?: number | undefined;
}

/** What an image order yields. */
export type PictureOutcome = {
  /** Absent after its owner has removed it. */
  readonly picture?: OutcomeFile | undefined;
};

/** The order of one picture, alone or in a set. */
export interface ImageOrder extends Order<ImageSnapshot, PictureOutcome> {
  readonly kind: "image" | "upscale";
}

/** The kind of a picture from a prompt, also one like another picture. */
export const imageKindName = "image";

export const isImageOrder = (order: Order | undefined): order is ImageOrder =>
  order?.kind === "image" || order?.kind === "upscale";
