import {
  pictureLimits,
  type InspectorFailure,
  type NotAPicture,
  type PictureFacts,
  type PictureInspector,
} from "@likeness/core";
import { err, errAsync, ok, type Result, ResultAsync } from "neverthrow";
import { blackNote } from "../fixtures/picture-bytes.ts";
import { pictureSize } from "./picture-size.ts";

export interface FakePictureInspector extends PictureInspector {
  /** How many pictures it was given. */
  readonly inspected: () => number;
  /** Makes the next inspection fail with `inspector-failure`. */
  failNext(cause?: unknown): void;
}

/**
 * Reads the header of a JPEG, PNG or WebP that is not cut off, and decodes nothing. Black is what `pictureBytes` made
 * black.
 */
export function fakePictureInspector(): FakePictureInspector {
  const failures: InspectorFailure[] = [];
  let inspected = 0;
  return {
    inspected: () => inspected,
    failNext: (cause = "on purpose") => {
      failures.push({ type: "inspector-failure", cause });
    },
    inspect: (bytes) => {
      inspected++;
      const failure = failures.shift();
      return failure ? errAsync(failure) : new ResultAsync(Promise.resolve(judge(bytes)));
    },
  };
}

function judge(bytes: Uint8Array): Result<PictureFacts, NotAPicture> {
  if (bytes.length > pictureLimits.bytes) return refused(`${bytes.length} bytes, of at most ${pictureLimits.bytes}`);
  const header = pictureSize(bytes);
  if (!header) return refused("no whole JPEG, PNG or WebP");
  const { width, height } = header;
  const pixels = width * height;
  if (pixels === 0 || pixels > pictureLimits.pixels)
    return refused(`${width} × ${height} pixels, of at most ${pictureLimits.pixels}`);
  return ok({ ...header, black: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(blackNote) });
}

const refused = (detail: string): Result<never, NotAPicture> => err({ type: "not-a-picture", detail });
