import type { OutgoingFile } from "../chat/chat.ts";
import { asJpeg, develop } from "./develop.ts";
import { personBySeed, portrait } from "./portrait.ts";
import type { ChatMessage } from "../protocol.ts";

const goodOnes = 12;
/** The number of different people. Each was checked: no two of its good photos count as duplicates. */
export const differentAlbums = 5;

/**
 * An album as people send them: a dozen good photos of an invented person, and one for each reason to reject. The
 * number determines the person.
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
  // Mixed with the good ones; the file that is not a picture comes last, because an album cannot contain it.
  return [...good.slice(0, 5), ...withBad.slice(0, 2), ...good.slice(5), ...withBad.slice(2)];
}

/** Counts the albums in the chat, so that the next sample album is a new one, even after a restart. */
export const countAlbums = (messages: readonly ChatMessage[]): number =>
  new Set(messages.flatMap(({ from, album }) => (from === "person" ? (album ?? []) : []))).size;
