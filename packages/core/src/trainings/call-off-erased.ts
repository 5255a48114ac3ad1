import { okAsync, type ResultAsync } from "neverthrow";
import type { Training } from "./training.ts";
import type { Ports } from "../ports/ports.ts";
import { idsOf } from "./ids-of.ts";

/** Asks the provider to stop an erased training. Its answer is ignored, because no row depends on it. */
export const callOffErased = (
  { provider, log }: Pick<Ports, "provider" | "log">,
  training: Training,
): ResultAsync<unknown, never> =>
  provider.cancel(training).orElse((error) => {
    log.warn({ ...idsOf(training), error: error.type }, "an erased training could not be cancelled");
    return okAsync(undefined);
  });
