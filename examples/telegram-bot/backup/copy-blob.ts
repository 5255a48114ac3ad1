import type { BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import { err, ok, type ResultAsync } from "neverthrow";

/** Copies a blob unless it is there. `wrong`: the bytes are not those of its name. */
export const copyBlob = (
  key: string,
  from: BlobStore,
  to: BlobStore,
): ResultAsync<"there" | "copied" | "missing" | "wrong", BlobFailure> =>
  to
    .stat(key)
    .map(() => "there" as const)
    .orElse((problem: BlobFailure | BlobNotFound) => {
      if (problem.type === "blob-failure") return err(problem);
      return from
        .get(key)
        .andThen((stream) => to.put(stream))
        .map((stored) => (stored === key ? ("copied" as const) : ("wrong" as const)))
        .orElse((failure) => (failure.type === "blob-not-found" ? ok("missing" as const) : err(failure)));
    });
