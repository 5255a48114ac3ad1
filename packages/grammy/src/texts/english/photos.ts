import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import { textLimits } from "../text-limits.ts";
import type { PhotoTexts } from "../text-parts.ts";
import type { PhotoCount } from "../texts.ts";
import { photoReason } from "./photo-reason.ts";
import { morePhotos, photos, range } from "./words.ts";

const { bold } = FormattedString;

const photoAdvice = {
  portrait: [
    "Good photos show one face, sharp and well lit, from different angles, in different places and light.",
    "Leave out sunglasses, masks, strong filters and groups.",
  ],
  style: [
    "Good pictures belong together: the same technique, colours and mood, with different things in them.",
    "Leave out frames, texts and watermarks.",
  ],
} as const;

const verdict = ({ accepted, minimum, maximum }: PhotoCount): string => {
  if (accepted < minimum) return `Still needed: ${photos(minimum - accepted)}.`;
  if (accepted < maximum) return "That is enough. You can send more, or continue.";
  return "That is as many as there is room for. You can continue.";
};

export const englishPhotos = {
  "photos.prompt": ({ name, kind, accepted, minimum, maximum }) =>
    lines(
      fmt`Now send photos for ${bold(name)}: ${range(minimum, maximum)} of them.`,
      accepted > 0 ? `Accepted so far: ${accepted}.` : undefined,
      "",
      ...photoAdvice[kind],
      "",
      "Send them singly, as albums or as files (JPEG, PNG or WebP), up to 20 MB each. Files keep the full quality.",
    ),
  "photos.status": ({ name, accepted, minimum, maximum, checking, rejected, moreRejected }) => {
    const listed = rejected.slice(0, textLimits.listedRejections);
    const unlisted = rejected.length - listed.length + moreRejected;
    const notTaken = listed.length + unlisted;
    return lines(
      bold(name),
      `Accepted: ${accepted} of ${range(minimum, maximum)}`,
      checking > 0 ? `Being checked: ${checking}` : undefined,
      notTaken > 0 ? `Not taken: ${notTaken}` : undefined,
      "",
      ...listed.map(({ number, rejection }) => `Photo ${number}: ${photoReason(rejection)}`),
      unlisted > 0 ? `Others that were not taken: ${unlisted}` : undefined,
      notTaken > 0 ? "" : undefined,
      verdict({ accepted, minimum, maximum }),
    );
  },
  "photo.rejected": ({ number, rejection }) => `Photo ${number} was not taken. ${photoReason(rejection)}`,
  "photos.full": ({ maximum, ever }) =>
    ever
      ? `This avatar has had ${photos(maximum)}, counting those that were not taken, and that is the most. Please continue with what it has, or create a new avatar.`
      : `There is no room for more: ${photos(maximum)} is the most. Undo the last one to replace it, or continue.`,
  "toast.checking": ({ checking }) => `Please wait a moment: ${photos(checking)} still being checked.`,
  "toast.missing": ({ missing, accepted, minimum }) =>
    `Please send ${morePhotos(missing)}: ${accepted} of at least ${minimum} accepted so far.`,
  "toast.undone": ({ number }) => `Photo ${number} is removed.`,
  "toast.nothing-to-undo": () => "There is no photo to remove.",
} satisfies PhotoTexts;
