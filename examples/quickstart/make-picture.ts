import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { isDone, nameOf, orThrow, type Likeness, type Training } from "@likeness/core";

/** Makes a picture of a new avatar, writes it to a file, and prints its path. */
export async function makePicture(
  likeness: Likeness,
  { ownerId: actor, avatarId, snapshot: { trigger } }: Training,
  folder: string,
): Promise<void> {
  const [scene] = likeness.images.scenes();
  if (!scene) throw new Error("there is no scene");
  process.stdout.write(`A picture: ${nameOf(scene, "en")}\n`);
  let set = orThrow(await likeness.images.generate({ actor, avatarId, scene: scene.key }));
  while (!isDone(set)) {
    await wait(50);
    set = orThrow(await likeness.images.set({ actor, setId: set.id }));
  }
  const [{ status, reason, picture }] = set.places;
  if (!picture) throw new Error(`The picture was not made: ${reason ?? status}.`);

  const { stream } = orThrow(await likeness.images.open({ actor, pictureId: picture.id }));
  const file = `${folder}/${trigger}.${picture.contentType.replace("image/", "")}`;
  await pipeline(Readable.from(stream), createWriteStream(file, { mode: 0o600 }));
  process.stdout.write(`  picture ${file}\n  size    ${picture.width} × ${picture.height}\n`);
}
