import type { InspectedPhoto, InspectorFailure, PhotoInspector, PhotoRejected, PhotoRejection } from "@likeness/core";
import { err, errAsync, ok, type Result, ResultAsync } from "neverthrow";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { photoBytes, scriptOf, type PhotoScript } from "../fixtures/photo-bytes.ts";

export interface FakePhotoInspector extends PhotoInspector {
  /** How many photos it was given. */
  readonly inspected: () => number;
  /** Makes the next inspection fail with `inspector-failure`. */
  failNext(cause?: unknown): void;
}

/**
 * Judges bytes of `photoBytes` by the script in them. It accepts any other JPEG, PNG or WebP that is not cut off, with
 * 1024 × 1280 pixels regardless of its content; anything else is not an image.
 */
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
  const file = Buffer.from(bytes).toString("latin1");
  const format = formats.find(({ isOne }) => isOne(file));
  if (!format) return rejected({ code: "not-an-image" });
  const script = scriptOf(bytes);
  if (!format.isWhole(file) || (script && isChanged(bytes, script))) return rejected({ code: "truncated" });
  const { name, fingerprint, width, height, reject } = script ?? someScript(digestOf(bytes));
  if (reject) return rejected(reject);
  const copy = photoBytes({ name: `training copy of ${name}`, fingerprint, width, height });
  return ok({ facts: { sha256: digestOf(bytes), fingerprint, width, height, bytes: copy.length }, copy });
}

const isChanged = (bytes: Uint8Array, script: PhotoScript): boolean => digestOf(photoBytes(script)) !== digestOf(bytes);

interface Format {
  isOne(file: string): boolean;
  isWhole(file: string): boolean;
}

const formats: readonly Format[] = [
  { isOne: (file) => file.startsWith("\xff\xd8\xff"), isWhole: (file) => file.endsWith("\xff\xd9") },
  { isOne: (file) => file.startsWith("\x89PNG\r\n\x1a\n"), isWhole: (file) => file.endsWith("IEND\xae\x42\x60\x82") },
  {
    isOne: (file) => file.startsWith("RIFF") && file.startsWith("WEBP", 8),
    isWhole: (file) => Buffer.from(file, "latin1").readUInt32LE(4) + 8 === file.length,
  },
];

const someScript = (digest: string): PhotoScript => ({
  name: digest,
  fingerprint: digest.slice(0, 16),
  width: 1_024,
  height: 1_280,
});

const rejected = (rejection: PhotoRejection): Result<never, PhotoRejected> =>
  err({ type: "photo-rejected", rejection });
