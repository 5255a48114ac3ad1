import type { ResultAsync } from "neverthrow";
import type { Json } from "../values/json.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

/** What a channel (a chat, a wizard) stores about one conversation. Opaque to the core. */
export interface Session {
  readonly key: string;
  /** Whom it is about; absent: nobody. Never changes. */
  readonly ownerId?: string | undefined;
  readonly value: Json;
  readonly version: number;
}

export interface SessionRepository {
  find(key: string): ResultAsync<Session | undefined, StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(session: Session): ResultAsync<Session, SaveError>;
  /** Succeeds if there is no such session. */
  delete(key: string): ResultAsync<void, StorageFailure>;
  /** Deletes all sessions about an owner. */
  eraseOwner(ownerId: string): ResultAsync<void, StorageFailure>;
}
