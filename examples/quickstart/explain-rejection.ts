import type { PhotoRejection, PhotoRejectionCode } from "@likeness/core";

type Explain = {
  readonly [Code in PhotoRejectionCode]: (rejection: Extract<PhotoRejection, { code: Code }>) => string;
};

/** One sentence per code; a new code does not compile until it has one. */
const sentences: Explain = {
  empty: () => "the file is empty",
  "not-an-image": () => "this is not a photo",
  "unsupported-format": ({ format }) => `${format} is not supported; JPEG, PNG and WebP are`,
  truncated: () => "the file breaks off in the middle",
  "file-too-large": ({ bytes, maximum }) => `${(bytes / mebi).toFixed(1)} MB, at most ${maximum / mebi} MB`,
  "too-many-pixels": ({ pixels, maximum }) => `${Math.round(pixels / 1e6)} megapixels, at most ${maximum / 1e6}`,
  "too-small": ({ side, minimum }) => `the shorter side has ${side} pixels, at least ${minimum} are needed`,
  "extreme-ratio": ({ ratio, maximum }) => `${ratio.toFixed(1)} times as long as wide, at most ${maximum} times`,
  "too-dark": ({ luminance, minimum }) => `too dark: brightness ${Math.round(luminance)}, at least ${minimum} of 255`,
  "too-bright": ({ luminance, maximum }) => `too bright: ${Math.round(luminance)}, at most ${maximum} of 255`,
  "low-contrast": ({ contrast, minimum }) => `hardly any contrast: ${Math.round(contrast)}, at least ${minimum}`,
  "too-blurry": ({ sharpness, minimum }) => `out of focus: sharpness ${Math.round(sharpness)}, at least ${minimum}`,
  duplicate: ({ of }) => `the same file as photo ${of}`,
  "near-duplicate": ({ of }) => `the same picture as photo ${of}`,
  "limit-reached": ({ maximum }) => `there are ${maximum} photos already, no more are needed`,
  unavailable: () => "it could not be fetched",
};

export const explainRejection = (rejection: PhotoRejection): string =>
  (sentences[rejection.code] as (rejection: PhotoRejection) => string)(rejection);

const mebi = 1024 * 1024;
