import type { OutgoingFile } from "../chat/chat.ts";
import { asJpeg, develop } from "./develop.ts";
import { personBySeed, portrait } from "./portrait.ts";

const goodOnes = 12;
/** As many as there are people. Each was checked: no two of its good photos look alike to an inspector. */
export const differentAlbums = 5;

/**
 * An album as people send them: a dozen good photos of somebody who does not exist, and one of each sort that an
 * inspector refuses. Another number, another person.
 */
export async function sampleAlbum(number: number): Promise<readonly OutgoingFile[]> {
  const seed = number % differentAlbums;
  const person = personBySeed(seed);
  const take = (shot: number) => develop(portrait(person, seed * 100 + shot), seed * 100 + shot);
  const named = (shot: number, bytes: Uint8Array): OutgoingFile => ({
    name: `IMG_${1400 + seed * 20 + shot}.jpg`,
    bytes,
  });

  const shots = Array.from({ length: goodOnes }, (_, shot) => shot);
  const good = await Promise.all(shots.map(async (shot) => named(shot, await asJpeg(await take(shot)))));
  const [dark, blurry, tiny] = await Promise.all([take(20), take(21), take(22)]);
  const [again] = good;
  const bad = [
    await asJpeg(dark.linear(0.09)),
    await asJpeg(blurry.blur(22)),
    await asJpeg(tiny.resize(240)),
    again?.bytes ?? new Uint8Array(),
    Buffer.from("Dear diary, today I wanted to become an avatar.\n"),
  ];
  const withBad = bad.map((bytes, index) => named(goodOnes + index, bytes));
  // Between the good ones, as it happens; the one that is no picture last, because an album cannot hold it.
  return [...good.slice(0, 5), ...withBad.slice(0, 2), ...good.slice(5), ...withBad.slice(2)];
}
