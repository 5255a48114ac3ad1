import { createHash } from "node:crypto";
import type { InspectorFailure, PhotoInspector, PhotoRejected } from "@likeness/core";
import { ok, ResultAsync, safeTry } from "neverthrow";
import { fileChecks, headerChecks, judge, pictureChecks } from "./checks.ts";
import { differenceHash } from "./difference-hash.ts";
import { greyPicture } from "./grey-picture.ts";
import { inspectionLimits, type InspectionLimits } from "./inspection-limits.ts";
import { photoFormat } from "./photo-format.ts";
import { readHeader } from "./photo-header.ts";
import { measurePicture } from "./picture-measures.ts";
import { decode, encode, shrink, type Picture } from "./training-copy.ts";
import type { SharpModule } from "./sharp-module.ts";

/**
 * Inspects photos with sharp: JPEG, PNG and WebP, told apart by their content. The cheap checks come first, and every
 * photo that passes was decoded to its last pixel. How many threads sharp uses is the caller's to set
 * (`sharp.concurrency`, `UV_THREADPOOL_SIZE`). Throws a RangeError for a limit out of bounds.
 */
export function sharpInspector(sharp: SharpModule, overrides: Partial<InspectionLimits> = {}): PhotoInspector {
  const limits = inspectionLimits(overrides);

  const measured = (picture: Picture) =>
    attempt(shrink(sharp, picture)).map(({ rgb, width, height }) => {
      const grey = greyPicture(rgb, width, height);
      return { measures: measurePicture(grey), fingerprint: differenceHash(grey) };
    });

  return {
    inspect: (bytes) =>
      safeTry(async function* () {
        yield* judge(fileChecks, { bytes: bytes.length, format: photoFormat(bytes) }, limits);
        const header = yield* attempt(readHeader(sharp, bytes)).mapErr(blamePhoto);
        yield* judge(headerChecks, header, limits);
        const picture = yield* attempt(decode(sharp, bytes, header, limits.maximumPixels)).mapErr(blamePhoto);
        // Encoded and hashed while it is measured: most photos pass, and each of these takes a while.
        const work = ResultAsync.combine([measured(picture), attempt(encode(sharp, picture))]);
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const [{ measures, fingerprint }, copy] = yield* work;
        yield* judge(pictureChecks, measures, limits);
        const { width, height } = picture;
        return ok({ facts: { sha256, fingerprint, width, height, bytes: copy.length }, copy });
      }),
  };
}

const attempt = <T>(work: Promise<T>): ResultAsync<T, InspectorFailure> =>
  ResultAsync.fromPromise(work, (cause) => ({ type: "inspector-failure", cause }));

/** What a decoder could not read is the photo's fault, unless the machine ran out of memory over it. */
const blamePhoto = (failure: InspectorFailure): InspectorFailure | PhotoRejected =>
  isOutOfMemory(failure.cause) ? failure : { type: "photo-rejected", rejection: { code: "truncated" } };

const isOutOfMemory = (cause: unknown): boolean => cause instanceof Error && cause.message.includes("out of memory");
