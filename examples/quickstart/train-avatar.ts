import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Likeness, Training } from "@likeness/core";
import { explainRejection } from "./explain-rejection.ts";
import { orThrow } from "./or-throw.ts";
import { watchTraining } from "./watch-training.ts";

const actor = "quickstart";

/** The main job as a person does it: create, add photos, start, watch. Returns the training once it is over. */
export async function trainAvatar(likeness: Likeness, photos: string): Promise<Training> {
  const command = { actor, kind: "portrait", gender: "unspecified", name: "Quick Start" } as const;
  const { id: avatarId, name } = orThrow(await likeness.createAvatar(command));
  say(`Avatar "${name}" created. Photos from ${photos}:`);
  for (const file of (await readdir(photos)).toSorted()) {
    const added = await likeness.addPhoto({ actor, avatarId, bytes: await readFile(join(photos, file)) });
    if (added.isOk()) say(`  ✓ ${file} is photo ${added.value.number}`);
    else if (added.error.type === "photo-rejected") say(`  ✗ ${file}: ${explainRejection(added.error.rejection)}`);
    else orThrow(added);
  }

  const started = await likeness.startTraining({ actor, avatarId, preset: "fast" });
  if (started.isErr() && started.error.type === "not-ready") {
    const { accepted, minimum } = started.error.readiness;
    throw new Error(`A training needs ${minimum} good photos, and ${accepted} were accepted. Nothing was paid.`);
  }
  const { snapshot } = orThrow(started);
  say(`Training: ${snapshot.manifest.length} photos, ${snapshot.steps} steps, trigger ${snapshot.trigger}`);
  return watchTraining(likeness, { actor, avatarId });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
