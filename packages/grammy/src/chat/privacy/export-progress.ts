import { addSeconds, type Session, type StorageFailure, type Timestamp } from "@likeness/core";
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
    const session: Session = (yield* store.sessions.find(key)) ?? fresh(key, place);
    const known = stored.safeParse(session.value).data;
    if (known?.exportId !== exportId) return ok({ session, progress: { exportId, sent: 0, zips, over: false } });
    if (known.over) return ok(undefined);
    const until = known.sendingAt && addSeconds(known.sendingAt, sendingSeconds);
    if (until && until > clock.now()) return err({ type: "sent-by-another", until } as const);
    return ok({ session, progress: known.zips === zips ? known : { ...known, sent: 0, zips } });
  });

const fresh = (key: string, place: Place): Session => ({
  key,
  ownerId: actorOf(place.chatId),
  value: null,
  version: 0,
});

/** Stores how far the export is. Fails if another run has stored it, or everything of the person was erased. */
export const noteProgress = (
  { store, clock }: ProgressPorts,
  { session, progress }: ExportRun,
  change: Partial<ExportProgress>,
): ResultAsync<ExportRun, SentByAnother | StorageFailure> => {
  const next: ExportProgress = { ...progress, ...change };
  const value = z.json().parse(JSON.parse(JSON.stringify(next)));
  return store.sessions
    .save({ ...session, value })
    .map((saved) => ({ session: saved, progress: next }))
    .orElse((error) =>
      error.type === "storage-failure"
        ? errAsync(error)
        : errAsync({ type: "sent-by-another", until: addSeconds(clock.now(), sendingSeconds) } as const),
    );
};

const stored = z.object({
  exportId: z.string(),
  sent: z.number(),
  sendingAt: z.string().optional(),
  zips: z.string(),
  over: z.boolean(),
});
