import { errAsync, type ResultAsync } from "neverthrow";
import type { Session, SessionRepository } from "../ports/session-repository.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import { isObject } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";

/** Whose webhooks are ours, at a provider that signs for all its customers with the same keys. */
export interface ProviderAccount {
  readonly account: string;
  /** `delivery`: the first one that proved it · `operator`: an action. */
  readonly by: "delivery" | "operator";
  readonly since: Timestamp;
}

type Sessions = Pick<SessionRepository, "find" | "save" | "delete">;

const keyOf = (provider: string): string => `likeness:account:${provider}`;

/** `undefined`: it is not known yet. */
export const findAccount = (
  sessions: Sessions,
  provider: string,
): ResultAsync<ProviderAccount | undefined, StorageFailure> =>
  sessions.find(keyOf(provider)).map((session) => accountIn(session));

/**
 * Stores the account of a provider, unless one is stored: the first of several processes has it. Returns the one that
 * stands.
 */
export const learnAccount = (
  sessions: Sessions,
  provider: string,
  learned: ProviderAccount,
): ResultAsync<ProviderAccount | undefined, StorageFailure> =>
  sessions
    .save({ key: keyOf(provider), value: { ...learned }, version: 0 })
    .map((session) => accountIn(session))
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : findAccount(sessions, provider)));

/** Replaces the account of a provider, whatever it was. */
export const replaceAccount = (
  sessions: Sessions,
  provider: string,
  account: ProviderAccount,
): ResultAsync<void, StorageFailure> => {
  const key = keyOf(provider);
  const write = (): ResultAsync<Session, SaveError> =>
    sessions
      .find(key)
      .andThen((former) => sessions.save({ key, value: { ...account }, version: former?.version ?? 0 }));
  // Once more if another process has just written it.
  return write()
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : write()))
    .map(() => undefined)
    .mapErr((error): StorageFailure =>
      error.type === "storage-failure" ? error : { type: "storage-failure", cause: error },
    );
};

/** The next delivery that proves it teaches the account anew. */
export const forgetAccount = (sessions: Sessions, provider: string): ResultAsync<void, StorageFailure> =>
  sessions.delete(keyOf(provider));

function accountIn(session: Session | undefined): ProviderAccount | undefined {
  const value = session?.value;
  if (!isObject(value)) return undefined;
  const { account, by, since } = value;
  const isWhole = typeof account === "string" && account !== "" && typeof since === "string";
  return isWhole ? { account, by: by === "operator" ? "operator" : "delivery", since } : undefined;
}
