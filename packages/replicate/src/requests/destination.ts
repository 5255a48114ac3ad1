import type { ProviderError } from "@likeness/core";
import { err, errAsync, ok, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import type { ReplicateConnection } from "../http/connection.ts";
import { providerError } from "../http/failure.ts";

/**
 * Makes the model that gets what trainings yield, unless it is there, and checks that it is private: a public one would
 * show faces to everybody. Free, repeatable, and asked until it is private once.
 */
export function isPrivateDestination({ call }: ReplicateConnection, destination: string) {
  const [owner, name] = destination.split("/");
  const path = `/models/${destination}`;
  let known = false;
  const made = () =>
    call("/models", { method: "POST", json: { owner, name, visibility: "private", hardware: "cpu" } }).orElse(
      (failure) =>
        // Another process has just made it.
        failure.type === "answer" && failure.status === 409 ? call(path) : errAsync(failure),
    );
  return (): ResultAsync<void, ProviderError> =>
    known
      ? okAsync()
      : call(path)
          .orElse((failure) => (failure.type === "answer" && failure.status === 404 ? made() : errAsync(failure)))
          .mapErr(providerError)
          .andThen((answer) => {
            if (model.safeParse(answer).data?.visibility !== "private") return err(notPrivate);
            known = true;
            return ok(undefined);
          });
}

const notPrivate: ProviderError = {
  type: "provider-refused",
  status: 0,
  detail: "the destination of trainings is not private",
};

const model = z.object({ visibility: z.string() });
