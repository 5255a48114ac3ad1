import { isTranslated } from "../values/translations.ts";
import type { Pack } from "./pack.ts";
import type { Scene } from "./scene.ts";

/** A host's packs. Throws for an invalid one, which is a mistake in the host's code. */
export function checkPacks(packs: readonly Pack[], scenes: readonly Scene[]): readonly Pack[] {
  const known = new Set(scenes.map(({ key }) => key));
  const keys = new Set<string>();
  for (const pack of packs) {
    if (keys.has(pack.key)) throw new RangeError(`two packs have the key ${pack.key}`);
    keys.add(pack.key);
    const problem = problemOf(pack, known);
    if (problem) throw new RangeError(`the pack ${JSON.stringify(pack.key)} ${problem}`);
  }
  return packs;
}

function problemOf({ key, names, scenes }: Pack, known: ReadonlySet<string>): string | undefined {
  if (!/^[a-z0-9-]{1,32}$/.test(key)) return "needs a key of 1 to 32 characters: a-z, 0-9 and hyphens";
  if (!isTranslated(names)) return "needs a name in English (en), and no empty names";
  if (scenes.length === 0) return "needs a scene";
  if (new Set(scenes).size < scenes.length) return "has a scene twice";
  const unknown = scenes.find((scene) => !known.has(scene));
  return unknown === undefined ? undefined : `has the scene ${JSON.stringify(unknown)}, which is none of the catalogue`;
}

/** What is left of packs in a catalogue that has other scenes. */
export const packsWithin = (packs: readonly Pack[], scenes: readonly Scene[]): readonly Pack[] =>
  packs
    .map((pack) => ({ ...pack, scenes: pack.scenes.filter((key) => scenes.some((scene) => scene.key === key)) }))
    .filter((pack) => pack.scenes.length > 0);
