import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import type { InspectorFailure, PhotoInspector, PhotoRejected } from "@likeness/core";
import { ok, ResultAsync, safeTry } from "neverthrow";
import { attempt, isOutOfMemory } from "./attempt.ts";
import { dataChecks, fileChecks, headerChecks, judge, pictureChecks, varietyChecks } from "./checks.ts";
import { differenceHash } from "./difference-hash.ts";
import { greyPicture } from "./grey-picture.ts";
import { inLine } from "./in-line.ts";
import { inspectionLimits, type InspectionLimitOverrides } from "./inspection-limits.ts";
import { isDamaged } from "./jpeg-damage.ts";
import { photoFormat, readHeader } from "./photo-header.ts";
import { measurePicture } from "./picture-measures.ts";
import { decode, shrink, trainingCopy, type Picture } from "./training-copy.ts";
import type { SharpModule } from "./sharp-module.ts";
import { readablePhoto } from "./readable-photo.ts";
import { release } from "./release.ts";

/** How much of the machine inspections may take. */
export interface InspectionOptions {
  /**
   * How many photos are decoded at once; the others wait. Default: as many as there are processors, but not all four
   * threads that Node has for such work, because files and host names need them too.
   */
  readonly atOnce?: number | undefined;
}

const threadsOfNode = 4;

/**
 * Inspects photos with sharp: JPEG, PNG and WebP, distinguished by their content. The cheap checks come first, and
 * every accepted photo was decoded completely. The caller sets the number of threads of sharp (`sharp.concurrency`,
 * `UV_THREADPOOL_SIZE`). Throws a RangeError for a limit or a number out of bounds.
 */
export function sharpInspector(
  sharp: SharpModule,
  overrides: InspectionLimitOverrides = {},
  { atOnce = Math.min(availableParallelism(), threadsOfNode - 1) }: InspectionOptions = {},
): PhotoInspector {
  const limits = inspectionLimits(overrides);
  // With no place for any, every photo would wait for ever.
  if (!Number.isInteger(atOnce) || atOnce < 1) throw new RangeError("atOnce must be a whole number from 1 on");
  const line = inLine(atOnce);

  const inspectPhoto = (format: ReturnType<typeof photoFormat>, bytes: Uint8Array) =>
    safeTry(async function* () {
      const photo = readablePhoto(format, bytes);
      yield* judge(varietyChecks, { format: format ?? "", variety: photo.variety }, limits);
      const header = yield* attempt(readHeader(sharp, photo)).mapErr(blamePhoto);
      yield* judge(headerChecks, header, limits);
      const decoding = attempt(decode(sharp, photo.bytes, header, limits.maximumPixels)).mapErr(blamePhoto);
      // Hashed and searched for damage while it is decoded.
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const damaged = yield* attempt(isDamaged(format, bytes));
      const picture = yield* decoding;
      yield* judge(dataChecks, { damaged }, limits);
      const small = yield* attempt(shrink(sharp, picture));
      // Measured while the copy is written, because nearly every photo passes; one that does not keeps its place until then.
      const copying = attempt(trainingCopy(sharp, picture));
      const { measures, fingerprint } = measured(small);
      const copied = await copying;
      release(small.rgb);
      release(picture.rgb);
      yield* judge(pictureChecks, measures, limits);
      const copy = yield* copied;
      const { width, height } = picture;
      return ok({ facts: { sha256, fingerprint, width, height, bytes: copy.length }, copy });
    });

  return {
    inspect: (bytes) => {
      const format = photoFormat(bytes);
      // What is not decoded does not wait for others that are.
      const judged = judge(fileChecks, { bytes: bytes.length, format }, limits);
      return judged.asyncAndThen(() => new ResultAsync(line(() => inspectPhoto(format, bytes))));
    },
  };
}

function measured({ rgb, width, height }: Picture) {
  const grey = greyPicture(rgb, width, height);
  return { measures: measurePicture(grey), fingerprint: differenceHash(grey) };
}

/** A decoding error means a damaged photo, unless the machine ran out of memory. */
const blamePhoto = (failure: InspectorFailure): InspectorFailure | PhotoRejected =>
  isOutOfMemory(failure.cause) ? failure : { type: "photo-rejected", rejection: { code: "truncated" } };
