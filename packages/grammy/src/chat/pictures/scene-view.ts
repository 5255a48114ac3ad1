import type { Pack, Scene } from "@likeness/core";
import { digestOf } from "../digest.ts";

/** Which scenes a person looks at, as the buttons below them hold it. */
export interface SceneView {
  /** A digest of the pack's key; absent: all scenes. */
  readonly pack?: string | undefined;
  /** From 1. */
  readonly page: number;
}

/** Short enough for callback data, where a key of 32 characters is too long beside the id of an avatar. */
export const packToken = (key: string): string => digestOf(key).slice(0, 8);

/** e.g. `2`, or `1a2b3c4d-2` within a pack. */
export const writeSceneView = ({ pack, page }: SceneView): string =>
  pack === undefined ? String(page) : `${pack}-${page}`;

/** What cannot be read is the first page of all scenes. */
export function readSceneView(text = ""): SceneView {
  const [, pack, page] = /^(?:([0-9a-z]{8})-)?(\d{1,4})$/.exec(text) ?? [];
  return { page: Number(page ?? 1), ...(pack !== undefined && { pack }) };
}

/** The scenes of a pack, in its order; all of them where there is no such pack any more. */
export function scenesIn(scenes: readonly Scene[], pack: Pack | undefined): readonly Scene[] {
  if (!pack) return scenes;
  return pack.scenes.flatMap((key) => scenes.find((scene) => scene.key === key) ?? []);
}
