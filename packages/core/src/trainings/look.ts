import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Training } from "./training.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError, RequestNotFound } from "../ports/training-provider.ts";
import { idsOf } from "./ids-of.ts";

/** The ports that polling a training needs, in any status. */
export type LookPorts = Pick<Ports, "store" | "provider" | "clock" | "ids" | "random" | "policy" | "log">;

export type Looked = ResultAsync<unknown, IllegalTransition | StorageFailure>;

/** Whether the deadline of the current status has passed. */
export const isOverdue = ({ clock }: Pick<Ports, "clock">, { deadlineAt }: Training): boolean =>
  deadlineAt !== undefined && deadlineAt <= clock.now();

/** Logs that the provider could not answer; the next poll asks again. */
export const reportProviderError = (
  { log }: LookPorts,
  training: Training,
  error: ProviderError | RequestNotFound,
): void => log.warn({ ...idsOf(training), error }, "no answer about the training");
