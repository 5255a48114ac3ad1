import type { PhotoRejection } from "@likeness/core";
import { decimal, megabytes, megapixels, roundDown, roundUp } from "../decimal.ts";
import { shorten } from "../shorten.ts";

const number = (value: number): string => decimal("en", value);

/** Why a photo was not taken, and what to do about it. */
export function photoReason(rejection: PhotoRejection): string {
  switch (rejection.code) {
    case "empty":
      return "The file is empty. Please send it again.";
    case "not-an-image":
      return "This is not a picture. Please send a JPEG, PNG or WebP.";
    case "unsupported-format":
      return unsupported(rejection.format);
    case "truncated":
      return "The file is damaged: a part of it is missing. Please send it again.";
    case "file-too-large":
      return `The file is ${number(roundUp(megabytes(rejection.bytes)))} MB, and ${number(roundDown(megabytes(rejection.maximum)))} MB is the most. Send it as a photo instead of a file.`;
    case "too-many-pixels":
      return `The picture has ${number(roundUp(megapixels(rejection.pixels)))} megapixels, and ${number(roundDown(megapixels(rejection.maximum)))} is the most. Send it as a photo instead of a file.`;
    case "too-small":
      return `It is too small: the shorter side has ${number(rejection.side)} pixels and needs ${number(rejection.minimum)}. Send the original, as a file if possible.`;
    case "extreme-ratio":
      return `It is too narrow: one side is ${number(roundUp(rejection.ratio))} times the other, and ${number(roundDown(rejection.maximum))} times is the most. Crop it, or send another one.`;
    case "too-dark":
      return "It is too dark. Take one in daylight or with the light on.";
    case "too-bright":
      return "It is too bright. Take one without direct sun or flash.";
    case "low-contrast":
      return "It is too pale to tell things apart. Send one with clearer light.";
    case "too-blurry":
      return "It is blurred. Hold the camera still, or send a sharper one.";
    case "duplicate":
      return `It is the same as photo ${rejection.of}. Send a different one.`;
    case "near-duplicate":
      return `It is almost the same as photo ${rejection.of}. Send one from another angle or place.`;
    case "limit-reached":
      return `There is no room for it: ${number(rejection.maximum)} photos is the most. Undo the last one to replace it.`;
    case "unavailable":
      return "It could not be fetched from Telegram. Please send it again.";
  }
}

function unsupported(format: string): string {
  if (format === "heif" || format === "heic")
    return "It is a HEIC file, as iPhones make them, which cannot be read here. Send it as a photo instead of a file, or save it as JPEG first.";
  if (format.startsWith("animated-")) return "It is an animation. Please send a still picture.";
  return `${shorten(format.toUpperCase(), 20)} files cannot be read here. Please send a JPEG, PNG or WebP.`;
}
