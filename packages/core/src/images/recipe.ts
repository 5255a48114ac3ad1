import type { JsonObject } from "../values/json.ts";

/** What an endpoint is asked for a picture, described as data. A new endpoint is a new recipe, not new code. */
export interface Recipe {
  /** The provider's name for the endpoint, e.g. `fal-ai/flux-lora`. */
  readonly endpoint: string;
  /** Input sent with every picture. */
  readonly input: JsonObject;
  /** Field of the input that takes the prompt; absent where there is none. */
  readonly promptField?: string | undefined;
  /**
   * Field that takes the avatar's weights, as a list of `{ path, scale }` or, with a `scaleField`, their address; absent
   * where none is used.
   */
  readonly weightsField?: string | undefined;
  /** Field that takes the strength of the weights, where they are given by their address alone. */
  readonly scaleField?: string | undefined;
  /** Field that takes `{ width, height }` in pixels; absent where the size follows from the source picture. */
  readonly sizeField?: string | undefined;
  /** Field that takes the shape as text, e.g. `3:4`, where the endpoint chooses the pixels. */
  readonly ratioField?: string | undefined;
  /** Field that takes the address of the source picture; absent where there is none. */
  readonly sourceField?: string | undefined;
  /** Field that takes the seed; absent where there is none, and what is prepared tells one order from another. */
  readonly seedField?: string | undefined;
  /** Field of the result that holds the picture, or the list of which it is the only one. */
  readonly pictureField: string;
  /** Field of the result that holds a list of booleans, one per picture: whether it is unsafe. */
  readonly flagsField?: string | undefined;
  /** US dollars per megapixel of the result. */
  readonly pricePerMegapixel: number;
}

/** The recipes of a deployment, by what they make. */
export interface Recipes {
  /** A picture from a prompt. */
  readonly image: Recipe;
  /** A picture like another one. */
  readonly variation: Recipe;
  /** A picture enlarged. */
  readonly upscale: Recipe;
}
