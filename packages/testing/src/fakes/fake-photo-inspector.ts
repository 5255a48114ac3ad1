import type { InspectedPhoto, InspectorFailure, PhotoInspector, PhotoRejected, PhotoRejection } from "@likeness/core";
import { err, errAsync, ok, type Result, ResultAsync } from "neverthrow";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { photoBytes, photoHeader, type PhotoScript } from "../fixtures/photo-bytes.ts";

export interface FakePhotoInspector extends PhotoInspector {
  /** How many photos it was given. */
  readonly inspected: () => number;
  /** The next inspection fails without a word about the photo. */
  failNext(cause?: unknown): void;
}

/** Judges what `photoBytes` makes; anything else is not an image. */
export function fakePhotoInspector(): FakePhotoInspector {
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

function judge(bytes: Uint8Array): Result<InspectedPhoto, PhotoRejected> {
  if (bytes.length === 0) return rejected({ code: "empty" });
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith(photoHeader)) return rejected({ code: "not-an-image" });
  const script = parseScript(text.slice(photoHeader.length));
  if (!script) return rejected({ code: "truncated" });
  if (script.reject) return rejected(script.reject);
  const { fingerprint, width, height, name } = script;
  const copy = photoBytes({ ...script, name: `training copy of ${name}` });
  return ok({ facts: { sha256: digestOf(bytes), fingerprint, width, height, bytes: copy.length }, copy });
}

function parseScript(text: string): PhotoScript | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rejected = (rejection: PhotoRejection): Result<never, PhotoRejected> =>
  err({ type: "photo-rejected", rejection });
