import type { InspectorFailure, PictureInspector } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { pictureScriptOf } from "../fixtures/picture-bytes.ts";

export interface FakePictureInspector extends PictureInspector {
  /** Makes the next inspection fail with `inspector-failure`. */
  failNext(cause?: unknown): void;
}

/** Judges bytes of `pictureBytes` by the script in them. Anything else is no picture. */
export function fakePictureInspector(): FakePictureInspector {
  const failures: InspectorFailure[] = [];
  return {
    failNext: (cause = "on purpose") => {
      failures.push({ type: "inspector-failure", cause });
    },
    inspect: (bytes) => {
      const failure = failures.shift();
      if (failure) return errAsync(failure);
      const script = pictureScriptOf(bytes);
      if (!script) return errAsync({ type: "not-a-picture", detail: "it is no picture of pictureBytes" });
      const { width, height, black } = script;
      return okAsync({ contentType: "image/jpeg", width, height, black });
    },
  };
}
