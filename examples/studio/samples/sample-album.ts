import type { OutgoingFile } from "../chat/chat.ts";
import { asJpeg, develop } from "./develop.ts";
import { personBySeed, portrait } from "./portrait.ts";

const goodOnes = 12;

/**
 * An album as people send them: a dozen good photos of somebody who does not exist, and one of each sort that an
 * inspector refuses. Another seed, another person.
 */
export async function sampleAlbum(seed: number): Promise<readonly OutgoingFile[]> {
  const person = personBySeed(seed);
  const take = (number: number) => develop(portrait(person, seed * 100 + number), seed * 100 + number);
  const named = (number: number, bytes: Uint8Array): OutgoingFile => ({
    name: `IMG_${String(1400 + seed * 20 + number)}.jpg`,
    bytes,
  });

  const numbers = Array.from({ length: goodOnes }, (_, number) => number);
  const good = await Promise.all(numbers.map(async (number) => named(number, await asJpeg(await take(number)))));
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
