import { isTranslated } from "../values/translations.ts";
import { ratios } from "./ratios.ts";
import type { Scene } from "./scene.ts";
import { placeholders, subjectPlaceholder } from "./template.ts";

/** A host's scenes. Throws for an invalid one, which is a mistake in the host's code. */
export function checkScenes(scenes: readonly Scene[]): readonly Scene[] {
  const keys = new Set<string>();
  for (const scene of scenes) {
    if (keys.has(scene.key)) throw new RangeError(`two scenes have the key ${scene.key}`);
    keys.add(scene.key);
    const problem = problemOf(scene);
    if (problem) throw new RangeError(`the scene ${JSON.stringify(scene.key)} ${problem}`);
  }
  return scenes;
}

function problemOf({ key, ratio, names, note, prompt }: Scene): string | undefined {
  if (!/^[a-z0-9-]{1,32}$/.test(key)) return "needs a key of 1 to 32 characters: a-z, 0-9 and hyphens";
  if (!ratios.includes(ratio)) return `has the ratio ${ratio}, which is none of ${ratios.join(", ")}`;
  if (!isTranslated(names)) return "needs a name in English (en), and no empty names";
  if (note && !isTranslated(note)) return "needs its note in English (en), and no empty notes";
  if (prompt.split(subjectPlaceholder).length !== 2) return `needs ${subjectPlaceholder} exactly once in its prompt`;
  if (!/(?<![\p{L}\p{M}\p{N}_])\{s\}(?![\p{L}\p{M}\p{N}_])/u.test(prompt))
    return `needs ${subjectPlaceholder} as a word of its own in its prompt`;
  const unknown = /[{}][^{}]*\}?/.exec(placeholders.reduce((text, known) => text.replaceAll(known, ""), prompt));
  if (unknown) return `has ${unknown[0]} in its prompt, which is none of ${placeholders.join(", ")}`;
  return undefined;
}
