import type { ResultAsync } from "neverthrow";
import type { AlarmRepository, Sighting } from "../ports/alarm-repository.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";

/** Notes what no row tells, for the alarms. */
export interface Sightings {
  see(seen: Pick<Sighting, "what" | "subject" | "status">): void;
  /** It is all right, now or again. */
  clear(seen: Pick<Sighting, "what" | "subject">): void;
  /** Resolves when everything is written, or could not be. Never rejects. */
  written(): Promise<void>;
}

/** However often something is seen, it is written once in this time by each process: somebody may send us forged webhooks. */
const quietSeconds = 60;

type Write = "see" | "clear";

/**
 * Writes beside the work that saw something, which does not wait for it. Without a part for operators in the store, nothing
 * is written.
 */
export function sightings({ store, clock, log }: Pick<Ports, "store" | "clock" | "log">): Sightings {
  const last = new Map<string, { readonly write: Write; readonly at: Timestamp }>();
  const underWay = new Set<Promise<void>>();

  const write = (
    kind: Write,
    { what, subject }: Pick<Sighting, "what" | "subject">,
    work: (repository: AlarmRepository, at: Timestamp) => ResultAsync<void, StorageFailure>,
  ): void => {
    const repository = store.operator?.alarms;
    if (!repository) return;
    const at = clock.now();
    const key = `${what} ${subject}`;
    const before = last.get(key);
    if (before?.write === kind && secondsBetween(before.at, at) < quietSeconds) return;
    last.set(key, { write: kind, at });
    const written = work(repository, at).match(
      () => undefined,
      ({ type: error }) => log.warn({ what, subject, error }, "what an alarm is about could not be noted"),
    );
    const ended = written.then(() => void underWay.delete(ended));
    underWay.add(ended);
  };

  return {
    see: ({ what, subject, status }) =>
      write("see", { what, subject }, (repository, seenAt) =>
        repository.noteSighting(withoutUndefined({ what, subject, seenAt, status })),
      ),
    clear: (seen) => write("clear", seen, (repository, at) => repository.clearSighting(seen, at)),
    written: async () => {
      await Promise.all(underWay);
    },
  };
}
