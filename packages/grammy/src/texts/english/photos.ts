import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import type { PhotoTexts } from "../text-parts.ts";
import type { PhotoCount } from "../texts.ts";
import { photoReason } from "./photo-reason.ts";
import { number, range } from "./formats.ts";
import { counted, morePhotos, photos, priced } from "./words.ts";

const { bold } = FormattedString;

const photoAdvice = {
  portrait: [
    "Good photos show one face, sharp and well lit, from different angles, in different places and light.",
    "Leave out sunglasses, masks, strong filters and groups.",
  ],
  style: [
    "Good pictures belong together: the same technique, colours and mood, with different things in them.",
    "Leave out frames, text and watermarks.",
  ],
} as const;

const verdict = ({ accepted, minimum, maximum }: PhotoCount): string => {
  if (accepted < minimum) return `Still needed: ${photos(minimum - accepted)}.`;
  if (accepted < maximum) return "That is enough. You can send more, or continue.";
  return "The set is full. You can continue.";
};

export const englishPhotos = {
  "photos.prompt": ({ name, kind, accepted, minimum, maximum, price }) =>
    accepted >= maximum
      ? lines(
          fmt`The set is full: ${bold(name)} has ${photos(accepted)}, and can use up to ${number(maximum)}.`,
          "Continue to the training, or undo the last photo to send another one in its place.",
        )
      : lines(
          fmt`Now send ${range(minimum, maximum)} photos for ${bold(name)}.`,
          accepted > 0 ? `Accepted so far: ${number(accepted)}.` : undefined,
          price && `Training it then costs ${priced(price)}.`,
          "",
          ...photoAdvice[kind],
          "",
          "Send them one by one, as albums or as files (JPEG, PNG or WebP), up to 20 MB each. Files keep the full quality.",
        ),
  "photos.status": ({ name, accepted, minimum, maximum, checking, rejected, moreRejected }) => {
    const notAccepted = rejected.length + moreRejected;
    return lines(
      bold(name),
      `Accepted: ${counted({ accepted, minimum, maximum })}`,
      checking > 0 ? `Being checked: ${number(checking)}` : undefined,
      notAccepted > 0 ? `Not accepted: ${number(notAccepted)}. The replies to them say why.` : undefined,
      "",
      verdict({ accepted, minimum, maximum }),
    );
  },
  "photo.rejected": ({ rejection }) => `This photo was not accepted. ${photoReason(rejection)}`,
  "photos.full": ({ maximum, ever, enough }) =>
    ever
      ? `You have sent ${photos(maximum)} for this avatar, counting those that were not accepted, and it cannot take more. ${enough ? "Continue with the ones it has, or create a new avatar." : "Please create a new avatar."}`
      : `There is no room for more. You can use up to ${photos(maximum)}. Undo the last one to replace it, or continue.`,
  "toast.checking": ({ checking }) => `One moment, please: still checking ${photos(checking)}.`,
  "toast.missing": ({ missing, accepted, minimum }) =>
    `Please send ${morePhotos(missing)}: ${number(accepted)} of at least ${number(minimum)} accepted so far.`,
  "toast.undone": () => "The last photo is removed.",
  "toast.nothing-to-undo": () => "There is no photo to remove.",
} satisfies PhotoTexts;
