import type { PhotoRejection } from "@likeness/core";
import { megabytes, megapixels, roundDown, roundUp } from "../decimal.ts";
import { shorten } from "../shorten.ts";
import { photos } from "./words.ts";
import { number } from "./formats.ts";

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
      return "The file is damaged: part of it is missing. Please send it again.";
    case "file-too-large":
      return `The file is ${number(roundUp(megabytes(rejection.bytes)))} MB, and files can have up to ${number(roundDown(megabytes(rejection.maximum)))} MB. Send it as a photo instead of a file.`;
    case "too-many-pixels":
      return `The picture has ${number(roundUp(megapixels(rejection.pixels)))} megapixels, and can have up to ${number(roundDown(megapixels(rejection.maximum)))}. Send it as a photo instead of a file.`;
    case "too-small":
      return `It is too small: the shorter side has ${number(rejection.side)} pixels, and needs at least ${number(rejection.minimum)}. Send the original, as a file if possible.`;
    case "extreme-ratio":
      return `It is too narrow: one side is ${number(roundUp(rejection.ratio))} times as long as the other, and ${number(roundDown(rejection.maximum))} times is the limit. Crop it, or send another one.`;
    case "too-dark":
      return "It is too dark. Take one in daylight, or with the lights on.";
    case "too-bright":
      return "It is too bright. Take one without direct sun or flash.";
    case "low-contrast":
      return "The contrast is too low. Send one with clearer light.";
    case "too-blurry":
      return "It is blurry. Hold the camera still, or send a sharper one.";
    case "duplicate":
      return "You have sent the same picture before. Send a different one.";
    case "near-duplicate":
      return "It is almost the same as one that you sent before. Send one from another angle or place.";
    case "limit-reached":
      return `You can use up to ${photos(rejection.maximum)}. Undo the last one to replace it.`;
    case "unavailable":
      return "It could not be loaded from Telegram. Please send it again.";
  }
}

function unsupported(format: string): string {
  if (format === "heif" || format === "heic")
    return "HEIC, the format of iPhone photos, is not supported. Send it as a photo instead of a file, or save it as JPEG first.";
  if (format.startsWith("hdr-"))
    return "HDR pictures are not supported. Save it without HDR, as JPEG for example, and send it again.";
  if (format.startsWith("animated-")) return "It is an animation. Please send a still picture.";
  return `${shorten(format.toUpperCase(), 20)} files are not supported. Please send a JPEG, PNG or WebP.`;
}
