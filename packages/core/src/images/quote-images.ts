import type { ResultAsync } from "neverthrow";
import { quoteOrders, type Offer } from "../credits/offer.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImageOrder } from "./image-order.ts";
import { imagesOf } from "./image-ports.ts";
import { enlarged, picturePrice } from "./picture-price.ts";
import { sizes, type Ratio } from "./ratios.ts";
import type { Recipes } from "./recipe.ts";

export interface QuoteImages {
  /** Owner id of the person who asks, e.g. `telegram:42`. */
  readonly actor: string;
  readonly recipe: keyof Recipes;
  /** 1 when absent. */
  readonly count?: number | undefined;
  /** `4:5` when absent. */
  readonly ratio?: Ratio | undefined;
  /** Of the picture that these are made from, in pixels; by the ratio when absent. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** What the owner pays, and has; absent when pictures cost the owner nothing. */
export interface ImageQuote extends Partial<Offer> {
  /** What the provider charges by the recipe, in US dollars. */
  readonly dollars: number;
}

/** What pictures would cost. */
export function quoteImages(
  ports: Pick<Ports, "credits" | "images">,
  { actor, recipe, count = 1, ratio = "4:5", size = sizes[ratio] }: QuoteImages,
): ResultAsync<ImageQuote, CreditsFailure> {
  const { width, height } = size;
  const made = recipe === "upscale" ? enlarged(size) : { width, height };
  const dollars = count * picturePrice(imagesOf(ports).recipes[recipe], made);
  const kind: ImageOrder["kind"] = recipe === "upscale" ? "upscale" : "image";
  return quoteOrders(ports, { actor, kind, count, size: made }).map((offer) => ({ dollars, ...offer }));
}
