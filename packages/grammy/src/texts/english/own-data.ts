import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { ErasureReach } from "@likeness/core";
import { lines } from "../lines.ts";
import type { OwnDataTexts } from "../own-data-texts.ts";
import { countOf, day, number, timeUntil } from "./formats.ts";

const { bold } = FormattedString;

const photosOf = (count: number): string => countOf(count, { one: "photo", other: "photos" });

const picturesOf = (count: number): string => countOf(count, { one: "picture", other: "pictures" });

const here =
  "All avatars with their photos and models, all pictures, your settings and your consent go here. What is being trained or drawn is stopped.";

/** What is deleted, and what the training service does not delete. */
const eraseAsked = {
  all: {
    here: "All avatars with their photos and models, all pictures, your settings and your consent go, here and at the training service. What is being trained or drawn is stopped.",
    atService: undefined,
  },
  part: {
    here,
    atService:
      "The training service does not delete everything that it has of you. Your receipt names what stays there.",
  },
  none: {
    here,
    atService:
      "I cannot delete anything at the training service: what was trained stays there, and your receipt names it.",
  },
} as const satisfies Record<ErasureReach, object>;

const erasedAt = {
  all: "Files follow within minutes. I also ask the training service to delete its part; the receipt says what it could not.",
  part: "Files follow within minutes. I also ask the training service to delete its part, though it does not delete everything; the receipt names what stays there.",
  none: "Files follow within minutes. What was trained stays at the training service, where I cannot delete it; the receipt names it.",
} as const satisfies Record<ErasureReach, string>;

export const englishOwnData = {
  "export.caption": ({ part, of }) =>
    of === 1
      ? "Everything that I have stored about you. Unpack it on a computer."
      : `Part ${number(part)} of ${number(of)} of everything that I have stored about you.`,
  "export.too-large": ({ megabytes, support }) =>
    `Your data are ${number(megabytes)} MB, more than I can send here. ${
      support === undefined
        ? "Delete what you do not need and try again"
        : `Write to ${support}, and you get them another way`
    }.`,
  "export.failed": () => "I could not pack your data now. Please try again in a while: /privacy",
  "toast.export": () => "I am packing your data. They come as a file in a moment.",
  "toast.export-again": ({ seconds }) =>
    `You asked for your data a short while ago. You can ask again ${timeUntil(seconds)}.`,

  "erase.ask": ({ credits, atService }) =>
    lines(
      bold("Delete everything?"),
      eraseAsked[atService].here,
      eraseAsked[atService].atService,
      credits ? "Credits that you have not used are lost, and nothing is owed any more." : undefined,
      "",
      "This cannot be undone. You can download your data first: /privacy",
    ),
  erased: ({ photos, pictures, receiptId, atService, support }) =>
    lines(
      "Everything is deleted.",
      photos + pictures > 0
        ? `Gone: ${photosOf(photos)}, ${picturesOf(pictures)}, and all that was made from them.`
        : undefined,
      erasedAt[atService],
      "",
      `Your receipt: ${receiptId}`,
      support === undefined ? undefined : `With it you can ask what was done: ${support}`,
      "",
      "I remember nothing about you now. You can clear this chat in Telegram. Take care!",
    ),
  leaving: ({ name, at }) =>
    fmt`We have not heard from each other for a long time. On ${day(at)} I will delete ${bold(name)} and everything else of yours. If you want to keep it, just send me /start.`,

  "button.export": () => "Download my data",
  "button.erase": () => "Delete everything",
  "button.erase-yes": () => "Yes, delete everything",
  "button.keep-everything": () => "No, keep it",
} satisfies OwnDataTexts;
