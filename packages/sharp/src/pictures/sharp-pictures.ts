import {
  pictureLimits,
  type InspectorFailure,
  type NotAPicture,
  type PictureInspector,
  type PictureType,
} from "@likeness/core";
import { err, ok, safeTry, type Result } from "neverthrow";
import { attempt, isOutOfMemory } from "../attempt.ts";
import { isDamaged } from "../jpeg-damage.ts";
import { photoFormat, readHeader, type PhotoHeader } from "../photo-header.ts";
import type { ReadablePhoto } from "../photo-variety.ts";
import { readablePhoto } from "../readable-photo.ts";
import type { SharpModule } from "../sharp-module.ts";
import { isBlack } from "./is-black.ts";
import { measureLight } from "./measure-light.ts";

const contentTypes: Readonly<Record<string, PictureType>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/**
 * Looks at made pictures with sharp: JPEG, PNG and WebP, distinguished by their content. Every picture that it does not
 * refuse was decoded completely, at its full size. The caller sets the number of threads of sharp (`sharp.concurrency`,
 * `UV_THREADPOOL_SIZE`).
 */
export function sharpPictures(sharp: SharpModule): PictureInspector {
  return {
    inspect: (bytes) =>
      safeTry(async function* () {
        const format = photoFormat(bytes);
        yield* judge(ofFile(bytes.length, format));
        const contentType = contentTypes[format ?? ""];
        if (!contentType) return notAPicture(`a file of the format ${format}`);
        const photo = readablePhoto(format, bytes);
        yield* judge(ofVariety(photo));
        const header = yield* attempt(readHeader(sharp, photo)).mapErr(blamePicture);
        const { width, height } = header;
        yield* judge(ofHeader(header));
        const measuring = attempt(measureLight(sharp, photo.bytes, pictureLimits.pixels)).mapErr(blamePicture);
        // Searched for damage while it is decoded.
        const damaged = yield* attempt(isDamaged(format, bytes));
        const light = yield* measuring;
        if (damaged) return notAPicture(damage);
        return ok({ contentType, width, height, black: isBlack(light) });
      }),
  };
}

const damage = "cut or damaged";

const ofFile = (bytes: number, format: string | undefined): string | undefined => {
  if (bytes === 0) return "no bytes";
  if (bytes > pictureLimits.bytes) return `${bytes} bytes, of at most ${pictureLimits.bytes}`;
  return format === undefined ? "no JPEG, PNG or WebP" : undefined;
};

/** Only these are decoded for what they are: the wide range of light of HDR does not matter here. */
const ofVariety = ({ variety }: Pick<ReadablePhoto, "variety">): string | undefined =>
  variety && variety !== "hdr" ? `a picture of the kind ${variety}` : undefined;

const ofHeader = (header: PhotoHeader): string | undefined => {
  const { width, height, ends } = header;
  if (width * height > pictureLimits.pixels) return `${width} × ${height} pixels, of at most ${pictureLimits.pixels}`;
  return ends ? ofVariety(header) : damage;
};

const notAPicture = (detail: string): Result<never, NotAPicture> => err({ type: "not-a-picture", detail });

const judge = (refusal: string | undefined): Result<void, NotAPicture> =>
  refusal === undefined ? ok(undefined) : notAPicture(refusal);

/** A decoding error means damage, unless the machine ran out of memory. Its text may hold bytes of the file. */
const blamePicture = (failure: InspectorFailure): InspectorFailure | NotAPicture =>
  isOutOfMemory(failure.cause) ? failure : { type: "not-a-picture", detail: damage };
