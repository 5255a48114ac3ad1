import type { Person } from "@likeness/grammy/testing";
import { buttonLike, lastOfBot, press, said, wordsOf } from "./moves.ts";

/** One action of a person, and what they see after it. */
export interface JourneyStep {
  readonly name: string;
  readonly act: (person: Person, photos: readonly Buffer[]) => void;
  /** How many seconds that may take when the bot was killed meanwhile; default 20. */
  readonly seconds?: number;
  readonly seen: (person: Person, photos: readonly Buffer[]) => boolean;
}

export const avatarName = "Әлия_*[<&🦊";

/** The steps from the first message until the avatar is ready. */
export const journeySteps: readonly JourneyStep[] = [
  {
    name: "greets the bot",
    act: (person) => person.says("/start"),
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
    act: (person) => person.says(avatarName),
    seen: (person) => /photos/i.test(wordsOf(lastOfBot(person))),
  },
  {
    name: "confirms what is asked before photos",
    act: (person) => {
      // A box that was ticked before the bot was killed is left alone.
      for (const box of ["v1:tick:photos", "v1:tick:adult"]) if (buttonLike(person, box)) press(person, box);
      press(person, "v1:agree");
    },
    seen: (person) => /now send/i.test(wordsOf(lastOfBot(person))),
  },
  {
    name: "sends an album",
    act: (person, photos) => person.sendsAlbum(photos.map((bytes) => ({ bytes }))),
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
    seconds: 30,
    seen: (person) => said(person).some((words) => /is ready\./i.test(words)),
  },
];
