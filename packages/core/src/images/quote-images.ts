import { okAsync, type ResultAsync } from "neverthrow";
import type { CreditsFailure, Quote } from "../ports/credits.ts";
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
  /** Of the picture that is enlarged, in pixels; by the ratio when absent. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

export interface ImageQuote {
  /** What the owner pays; absent when pictures cost the owner nothing. */
  readonly price?: Quote | undefined;
  /** What the provider charges by the recipe, in US dollars. */
  readonly dollars: number;
}

/** What pictures would cost. */
export function quoteImages(
  ports: Pick<Ports, "credits" | "images">,
  { actor, recipe, count = 1, ratio = "4:5", size = sizes[ratio] }: QuoteImages,
): ResultAsync<ImageQuote, CreditsFailure> {
  const made = recipe === "upscale" ? enlarged(size) : size;
  const dollars = count * picturePrice(imagesOf(ports).recipes[recipe], made);
  const kind: ImageOrder["kind"] = recipe === "upscale" ? "upscale" : "image";
  const quoted = ports.credits.quote?.({ actor, kind, count }) ?? okAsync(undefined);
  return quoted.map((price) => ({ dollars, ...(price && { price }) }));
}
