import { errAsync, okAsync, ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { cleanText } from "../values/clean-text.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { isSubjectId } from "./subject-form.ts";

/** A command of an operator: it names no owner as its actor, and is never offered to a person. */
export interface ByOperator {
  /** The operator's name, as the host knows it: who has pressed, or `cron`. At most 100 characters are kept. */
  readonly operator: string;
}

export type AuditPorts = Pick<Ports, "store" | "clock" | "ids" | "log">;

export interface AuditedAct<E = never> extends Pick<AuditEntry, "operator" | "action" | "subject"> {
  /** What is answered, without an entry, to an id that no row can have. Absent: the id is our own. */
  readonly missing?: E | undefined;
}

const longestName = 100;

/**
 * Does what an operator wants, between two writes: that it is wanted, and what came of it. If the first one fails nothing is
 * done. A store without a part for operators keeps no entry; the log has a line for each action in any case.
 *
 * @throws If the operator has no name, which is a mistake of the host.
 */
export function audited<T, E extends { readonly type: string }>(
  { store, clock, ids, log }: AuditPorts,
  { operator: given, action, subject, missing }: AuditedAct<E>,
  work: () => ResultAsync<T, E>,
  outcomeOf: (value: T) => string,
): ResultAsync<T, E | StorageFailure> {
  const operator = cleanText(given.trim(), longestName);
  if (operator === "") throw new TypeError("an operator needs a name");
  if (missing && !isSubjectId(subject)) return errAsync(missing);
  const audit = store.operator?.audit;
  const id = ids.next();
  const noted = audit?.note({ id, operator, action, subject, at: clock.now() }) ?? okAsync(undefined);
  const end = async (): Promise<Awaited<ResultAsync<T, E>>> => {
    const result = await work();
    const outcome = result.match(outcomeOf, ({ type }) => type);
    const fields = { operator, action, about: subject.type, key: subject.id, outcome };
    log.info(fields, "an operator has acted");
    const ended = await audit?.noteOutcome(id, { outcome, at: clock.now() });
    // It is done, so it must not look as if it were not.
    if (ended?.isErr()) log.warn({ ...fields, error: ended.error.type }, "the outcome of an action could not be noted");
    return result;
  };
  return noted.andThen(() => new ResultAsync(end()));
}
