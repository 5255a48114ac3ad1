import { setTimeout as wait } from "node:timers/promises";
import type { ChatButton, Person } from "@likeness/grammy/testing";

/** One action of a person, once they see what it needs. */
export interface WalkStep {
  readonly name: string;
  readonly may: (person: Person) => boolean;
  readonly act: (person: Person) => void;
}

/** The newest button of the bot with such data. */
export function buttonOf(person: Person, start: string): (ChatButton & { readonly messageId: number }) | undefined {
  for (const { id, from, buttons } of person.chat().toReversed()) {
    const found = from === "bot" ? buttons.flat().find(({ data }) => data?.startsWith(start)) : undefined;
    if (found) return { ...found, messageId: id };
  }
  return undefined;
}

export function press(person: Person, start: string) {
  const { data = "", messageId } = buttonOf(person, start) ?? { messageId: 0 };
  return person.presses({ data }, { messageId });
}

const presses = (name: string, start: string): WalkStep => ({
  name,
  may: (person) => buttonOf(person, start) !== undefined,
  act: (person) => void press(person, start),
});

const says = (person: Person, pattern: RegExp): boolean =>
  person.chat().some(({ from, text, caption }) => from === "bot" && pattern.test(text ?? caption ?? ""));

/** From the first message until all photos are judged. */
export const stepsToPhotos = (photos: readonly Uint8Array[], sending?: () => void): readonly WalkStep[] => [
  { name: "greets", may: () => true, act: (person) => void person.says("/start") },
  presses("chooses a portrait", "v1:kind:portrait"),
  presses("says the gender", "v1:gender:female"),
  { name: "gives a name", may: (person) => says(person, /name/i), act: (person) => void person.says("Ada") },
  presses("ticks what is asked", "v1:tick:photos"),
  {
    name: "ticks the age",
    may: (person) => buttonOf(person, "v1:untick:photos") !== undefined,
    act: (person) => void press(person, "v1:tick:adult"),
  },
  {
    name: "agrees",
    may: (person) => ["photos", "adult"].every((box) => buttonOf(person, `v1:untick:${box}`)),
    act: (person) => void press(person, "v1:agree"),
  },
  {
    name: "sends photos",
    may: (person) => says(person, /now send/i),
    act: (person) => {
      sending?.();
      // Above what apps compress, people send files.
      const as = (photos[0]?.length ?? 0) > 1_000_000 ? "document" : "photo";
      person.sendsAlbum(
        photos.map((bytes, index) => (as === "photo" ? { bytes } : { as, bytes, name: `${index}.jpg` })),
      );
    },
  },
  {
    name: "sees them judged",
    may: (person) =>
      person
        .chat()
        .some(({ text = "" }) => text.includes(`Accepted: ${photos.length} (`) && !/being checked/i.test(text)),
    act: () => undefined,
  },
];

/** Lets a person do one step after the other, each when `listen` has told that something happened and it may be done. */
export const onTheWay =
  (person: Person, listen: (listener: () => void) => void) =>
  (steps: readonly WalkStep[]): Promise<void> =>
    new Promise((resolve) => {
      let done = 0;
      let looking = false;
      const look = (): void => {
        looking = false;
        const step = steps[done];
        if (!step) return resolve();
        if (!step.may(person)) return;
        done += 1;
        step.act(person);
        look();
      };
      // Not inside of the event: the act would cause others.
      listen(() => {
        if (looking) return;
        looking = true;
        setImmediate(look);
      });
      look();
    });

/** Waits for the work, but not longer. */
export async function inTime(work: Promise<unknown>, seconds: number): Promise<void> {
  const ended = new AbortController();
  const late = wait(1000 * seconds, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  ended.abort();
}
