import type { ResultAsync } from "neverthrow";
import type { AvatarRepository } from "./avatar-repository.ts";
import type { Check } from "./check.ts";
import type { ConsentRepository } from "./consent-repository.ts";
import type { ErasureRepository } from "./erasure-repository.ts";
import type { GuardRepository } from "./guard-repository.ts";
import type { InboxRepository } from "./inbox-repository.ts";
import type { JobOutlet } from "./job-queue.ts";
import type { OperatorRepository } from "./operator-repository.ts";
import type { OutboxRepository } from "./outbox-repository.ts";
import type { OwnerRepository } from "./owner-repository.ts";
import type { PhotoRepository } from "./photo-repository.ts";
import type { PictureRepository } from "./picture-repository.ts";
import type { SessionRepository } from "./session-repository.ts";
import type { StorageFailure } from "./storage-errors.ts";
import type { OrderRepository } from "./order-repository.ts";

/** Everything a transaction can read and write. */
export interface Repositories {
  readonly avatars: AvatarRepository;
  readonly photos: PhotoRepository;
  readonly orders: OrderRepository;
  readonly pictures: PictureRepository;
  readonly inbox: InboxRepository;
  readonly outbox: OutboxRepository;
  readonly sessions: SessionRepository;
  readonly owners: OwnerRepository;
  readonly consents: ConsentRepository;
  readonly erasures: ErasureRepository;
  readonly guards: GuardRepository;
  /** Enqueues within the same transaction: a rollback removes the job. */
  readonly jobs: JobOutlet;
}

/** All state. Run `describeStore` of `@likeness/testing` against yours. */
export interface Store extends Repositories {
  /**
   * Runs `work` in one transaction. An `Err` rolls it back, and so does a throw, which becomes a `storage-failure`.
   * `work` uses only the repositories it is given, does nothing slow (other writers may be waiting), and stops at the
   * first `Err`: some databases have aborted the transaction by then.
   */
  atomically<T, E>(work: (tx: Repositories) => ResultAsync<T, E>): ResultAsync<T, E | StorageFailure>;
  /**
   * Removes deleted rows from the store's own files too, e.g. from a write-ahead log. `busy`: some are left, so the
   * caller has to call it again. Absent where the store has no such files, or cannot wipe them.
   */
  readonly wipe?: (() => ResultAsync<"wiped" | "busy", StorageFailure>) | undefined;
  /** What an operator asks. Absent: the questions in `likeness.operator` are answered with `operator-unavailable`. */
  readonly operator?: OperatorRepository | undefined;
  /** Whether the database can do its work. Absent: it is asked for one row. */
  readonly checks?: (() => readonly Check[]) | undefined;
}
