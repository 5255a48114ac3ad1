import type { ResultAsync } from "neverthrow";
import type { AlarmRow } from "../alarms/alarm.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

/** Something that no row tells, e.g. that the provider has refused the key. One for each subject, not for each time. */
export interface Sighting {
  readonly what: "webhook-refused" | "provider-refused";
  /** The receiver, e.g. `fal`; or provider and call, e.g. `fal submit`. */
  readonly subject: string;
  /** The last time. */
  readonly seenAt: Timestamp;
  /** HTTP status of the provider. */
  readonly status?: number | undefined;
  /** Since when it is all right again. */
  readonly clearedAt?: Timestamp | undefined;
}

/** Alarms, and what was seen of their causes. A handful of rows, which name nobody. */
export interface AlarmRepository {
  list(): ResultAsync<AlarmRow[], StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(alarm: AlarmRow): ResultAsync<AlarmRow, SaveError>;
  sightings(): ResultAsync<Sighting[], StorageFailure>;
  /** Replaces the former one of the same subject. */
  noteSighting(sighting: Sighting): ResultAsync<void, StorageFailure>;
  /** Notes that it is all right again, if it was seen and is not cleared; in one statement. */
  clearSighting(sighting: Pick<Sighting, "what" | "subject">, at: Timestamp): ResultAsync<void, StorageFailure>;
}
