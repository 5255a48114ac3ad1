import type { AnnounceBlob, BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import { err, errAsync, ok, okAsync, type ResultAsync } from "neverthrow";

/** Copies a blob unless it is there. `wrong`: the bytes are not those of its name, and nothing is stored. */
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
      let read: string | undefined;
      const expectKey: AnnounceBlob = (found) => ((read = found) === key ? okAsync(undefined) : errAsync("wrong"));
      return from
        .get(key)
        .andThen((stream) => to.put(stream, expectKey))
        .map(() => "copied" as const)
        .orElse((failure) => {
          if (failure.type === "blob-not-found") return ok("missing" as const);
          return read === undefined || read === key ? err(failure) : ok("wrong" as const);
        });
    });
