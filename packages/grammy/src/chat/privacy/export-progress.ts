import {
  addSeconds,
  type Repositories,
  type SaveError,
  type Session,
  type StorageFailure,
  type Timestamp,
} from "@likeness/core";
import { err, errAsync, ok, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { actorOf } from "../actor.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { placeKey, type Place } from "../../conversation/place.ts";

/** Longer than the one upload that is under way may take; a run that is silent for longer has died. */
const sendingSeconds = 600;

/** How far an export has been sent. Its row is the person's, and is erased with them. */
export interface ExportProgress {
  readonly exportId: string;
  /** Zips that were sent. */
  readonly sent: number;
  /** When the next one began to be sent. */
  readonly sendingAt?: Timestamp | undefined;
  /** What the zips are; others are sent from the first on. */
  readonly zips: string;
  readonly over: boolean;
}

/** Another run of the same job sends this export. */
export interface SentByAnother {
  readonly type: "sent-by-another";
  /** When that one must have ended. */
  readonly until: Timestamp;
}

type ProgressPorts = Pick<ChatPorts, "store" | "clock">;

/** An export under way, as the run that sends it sees it. */
export interface ExportRun {
  readonly actor: string;
  readonly session: Session;
  readonly progress: ExportProgress;
}

/** Begins to send an export, or goes on after the last zip that was sent. `undefined`: everything was sent. */
export const beginExport = (
  { store, clock }: ProgressPorts,
  place: Place,
  exportId: string,
  zips: string,
): ResultAsync<ExportRun | undefined, SentByAnother | StorageFailure> =>
  safeTry(async function* () {
    const key = `telegram:export:${placeKey(place)}`;
    const actor = actorOf(place.chatId);
    const session: Session = (yield* store.sessions.find(key)) ?? { key, ownerId: actor, value: null, version: 0 };
    const known = stored.safeParse(session.value).data;
    if (known?.exportId !== exportId) return ok({ actor, session, progress: { exportId, sent: 0, zips, over: false } });
    if (known.over) return ok(undefined);
    const until = known.sendingAt && addSeconds(known.sendingAt, sendingSeconds);
    if (until && until > clock.now()) return err({ type: "sent-by-another", until } as const);
    return ok({ actor, session, progress: known.zips === zips ? known : { ...known, sent: 0, zips } });
  });

/**
 * Stores how far the export is. Fails if another run has stored it, or everything of the person was erased: a row that
 * is gone is not replaced, and the first one is made only beside the person's own, which is held.
 */
export const noteProgress = (
  { store, clock }: ProgressPorts,
  { actor, session, progress }: ExportRun,
  change: Partial<ExportProgress>,
): ResultAsync<ExportRun, SentByAnother | StorageFailure> => {
  const next: ExportProgress = { ...progress, ...change };
  const value = z.json().parse(JSON.parse(JSON.stringify(next)));
  const saved =
    session.version > 0
      ? store.sessions.save({ ...session, value })
      : store.atomically((tx) => insertOfKnown(tx, actor, { ...session, value }));
  return saved
    .map((written) => ({ actor, session: written, progress: next }))
    .orElse((error) =>
      error.type === "storage-failure"
        ? errAsync(error)
        : errAsync({ type: "sent-by-another", until: addSeconds(clock.now(), sendingSeconds) } as const),
    );
};

const insertOfKnown = (
  { owners, sessions }: Pick<Repositories, "owners" | "sessions">,
  actor: string,
  session: Session,
): ResultAsync<Session, SaveError> =>
  owners
    .hold(actor)
    .andThen((owner) =>
      owner
        ? sessions.save(session)
        : errAsync({ type: "version-conflict", entity: "session", id: session.key } as const),
    );

const stored = z.object({
  exportId: z.string(),
  sent: z.number(),
  sendingAt: z.string().optional(),
  zips: z.string(),
  over: z.boolean(),
});
