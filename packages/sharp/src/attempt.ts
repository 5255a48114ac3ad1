import type { InspectorFailure } from "@likeness/core";
import { ResultAsync } from "neverthrow";

export const attempt = <T>(work: Promise<T>): ResultAsync<T, InspectorFailure> =>
  ResultAsync.fromPromise(work, (cause) => ({ type: "inspector-failure", cause }));

/** Says nothing about the photo, other than the errors of decoders. */
export const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && cause.message.includes("out of memory");
