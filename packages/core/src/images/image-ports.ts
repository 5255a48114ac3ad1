import type { ResultAsync } from "neverthrow";
import type { ImageMarker } from "../ports/image-marker.ts";
import type { PictureInspector } from "../ports/picture-inspector.ts";
import type { Pack } from "./pack.ts";
import type { Recipes } from "./recipe.ts";
import type { Scene } from "./scene.ts";

/** A host's hook could not be asked. */
export interface PromptHookFailure {
  readonly type: "prompt-hook-failure";
  readonly cause: unknown;
}

/** The host does not allow these words. */
export interface PromptRefused {
  readonly type: "prompt-refused";
  /** For the log; not shown to the person. */
  readonly detail?: string | undefined;
}

/** What a hook is told of an order. */
export interface PromptContext {
  readonly actor: string;
  readonly avatarId: string;
}

/** How pictures are made, with every choice of the host. */
export interface ImagePorts {
  readonly recipes: Recipes;
  /** Those of the provider that trained a model, by its name; absent: there is one provider. */
  readonly recipesAt?: ((provider: string) => Recipes | undefined) | undefined;
  readonly inspector: PictureInspector;
  readonly marker: ImageMarker;
  /** What people can choose from. */
  readonly scenes: readonly Scene[];
  /** How the scenes are grouped where there are many. */
  readonly packs: readonly Pack[];
  /** Whether the first pictures of an avatar are ordered when its training ends. Their owner does not pay for them. */
  readonly firstLook: boolean;
  /** Translates a person's own words into the language of the endpoint, before they are screened. */
  readonly translatePrompt?:
    ((words: string, context: PromptContext) => ResultAsync<string, PromptHookFailure>) | undefined;
  /** Refuses words that the host does not allow. */
  readonly screenPrompt?:
    ((words: string, context: PromptContext) => ResultAsync<void, PromptRefused | PromptHookFailure>) | undefined;
}

/** How pictures are made with the models of a provider; `undefined`: they make none any more. */
export const recipesOf = ({ recipes, recipesAt }: ImagePorts, provider: string): Recipes | undefined =>
  recipesAt ? recipesAt(provider) : recipes;

/** The image ports. A deployment without them has no image orders; that it is asked for one is a programmer's mistake. */
export function imagesOf({ images }: { readonly images?: ImagePorts | undefined }): ImagePorts {
  if (!images) throw new Error("this deployment makes no pictures: pass `images` to createLikeness");
  return images;
}
