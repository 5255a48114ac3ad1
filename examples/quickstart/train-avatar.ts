import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { orThrow, type Likeness, type Training } from "@likeness/core";
import { explainRejection } from "./explain-rejection.ts";
import { readPhoto } from "./read-photo.ts";
import { watchTraining } from "./watch-training.ts";

/** The whole way of an avatar: create, add photos, start, watch. Returns the training after its end. */
export async function trainAvatar(likeness: Likeness, actor: string, photos: string): Promise<Training> {
  const underWay = (await orThrow(likeness.avatars.list({ actor }))).find(
    ({ avatar }) => avatar.state.status === "training",
  );
  if (underWay) {
    say("A training of an earlier run is under way. Nothing new is started; here is how it goes on:");
    return watchTraining(likeness, { actor, avatarId: underWay.avatar.id });
  }

  const command = { actor, kind: "portrait", gender: "unspecified", name: "Quick Start" } as const;
  const { id: avatarId, name } = await orThrow(likeness.avatars.create(command));
  say(`Avatar "${name}" created. Photos from ${photos}:`);
  for (const file of (await readdir(photos)).toSorted())
    say(await addPhoto(likeness, { actor, avatarId }, photos, file));

  const started = await likeness.trainings.start({ actor, avatarId, preset: "fast" });
  if (started.isErr() && started.error.type === "not-ready") {
    const { accepted, minimum } = started.error.readiness;
    throw new Error(`A training needs ${minimum} good photos, and ${accepted} were accepted. Nothing was paid.`);
  }
  const { snapshot } = orThrow(started);
  say(`Training: ${snapshot.manifest.length} photos, ${snapshot.steps} steps, trigger ${snapshot.trigger}`);
  return watchTraining(likeness, { actor, avatarId });
}

/** Adds one file, and prints the outcome. */
async function addPhoto(
  likeness: Likeness,
  avatar: { readonly actor: string; readonly avatarId: string },
  folder: string,
  file: string,
): Promise<string> {
  // Escaped, because file names may hold control sequences of a terminal.
  const shown = file.replace(/\p{Cc}/gu, "?");
  const bytes = await readPhoto(join(folder, file));
  if (bytes.isErr()) return `  ✗ ${shown}: ${bytes.error}`;
  const added = await likeness.photos.add({ ...avatar, bytes: bytes.value });
  if (added.isErr() && added.error.type === "photo-rejected")
    return `  ✗ ${shown}: ${explainRejection(added.error.rejection)}`;
  return `  ✓ ${shown} is photo ${orThrow(added).number}`;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
