import type { Person, Press } from "@likeness/grammy/testing";
import { buttonLike, lastOfBot, press, said, wordsOf } from "./moves.ts";

/** One action of a person, and what they see after it. */
export interface JourneyStep {
  readonly name: string;
  /** What has to be done before it. Only a person in a hurry does not wait until they see that it is done. */
  readonly first?: readonly Pick<JourneyStep, "act" | "seen">[];
  /** Returns what it has pressed. */
  readonly act: (person: Person, photos: readonly Buffer[]) => Press | undefined;
  readonly seen: (person: Person, photos: readonly Buffer[]) => boolean;
}

/** Does all of a step at once, and returns what it has pressed. */
export const hurry = ({ first = [], act }: JourneyStep, person: Person, photos: readonly Buffer[]): Press[] =>
  [...first.map((each) => each.act), act].flatMap((each) => each(person, photos) ?? []);

export const avatarName = "Әлия_*[<&🦊";

/** The steps from the first message until the avatar is ready. */
export const journeySteps: readonly JourneyStep[] = [
  {
    name: "greets the bot",
    act: (person) => void person.says("/start"),
    seen: (person) => buttonLike(person, "v1:kind:portrait") !== undefined,
  },
  {
    name: "chooses a portrait",
    act: (person) => press(person, "v1:kind:portrait"),
    seen: (person) => buttonLike(person, "v1:gender:female") !== undefined,
  },
  {
    name: "says the gender",
    act: (person) => press(person, "v1:gender:female"),
    seen: (person) => /name/i.test(wordsOf(lastOfBot(person))),
  },
  {
    name: "gives a name",
    act: (person) => void person.says(avatarName),
    seen: (person) => /photos/i.test(wordsOf(lastOfBot(person))),
  },
  {
    name: "confirms what is asked before photos",
    first: ["photos", "adult"].map((box) => ({
      // One that was ticked before the bot was killed is left alone.
      act: (person) => (buttonLike(person, `v1:tick:${box}`) ? press(person, `v1:tick:${box}`) : undefined),
      seen: (person) => buttonLike(person, `v1:untick:${box}`) !== undefined,
    })),
    act: (person) => press(person, "v1:agree"),
    seen: (person) => /now send/i.test(wordsOf(lastOfBot(person))),
  },
  {
    name: "sends an album",
    act: (person, photos) => void person.sendsAlbum(photos.map((bytes) => ({ bytes }))),
    seen: (person, photos) =>
      said(person).some((words) => words.includes(`Accepted: ${photos.length} (`) && !/being checked/i.test(words)),
  },
  {
    name: "continues",
    act: (person) => press(person, "v1:continue"),
    seen: (person) => buttonLike(person, "v1:train-balanced") !== undefined,
  },
  {
    name: "orders the training",
    act: (person) => press(person, "v1:train-balanced"),
    seen: (person) => said(person).some((words) => /is ready\./i.test(words)),
  },
];
