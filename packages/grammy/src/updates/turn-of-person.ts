import {
  addSeconds,
  type Clock,
  type Ids,
  type Session,
  type SessionRepository,
  type StorageFailure,
} from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

export interface TurnPorts {
  readonly sessions: SessionRepository;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The right to handle the updates of a person, which one caller has at a time, whichever the process. */
export interface HeldTurn {
  /** False when it ran out, because this process stood still for longer: another one has it, or may take it. */
  isHeld(): boolean;
  /** Ends it; `called`: it goes on, because another caller has left something to it since it began to look. */
  end(): ResultAsync<"ended" | "called", StorageFailure>;
  /** Ends it whoever has called: the process stops, or the work failed. */
  giveUp(): ResultAsync<void, StorageFailure>;
}

/** After how many seconds the turn of a process that may have died is another's. It is renewed thrice meanwhile. */
export const turnSeconds = 15;

/**
 * Takes the turn of a person. `undefined`: another caller has it and is told that there is more, so that it looks again
 * before it ends. The row is the person's and is erased with them; ending a turn does not bring it back.
 */
export function takeTurn(ports: TurnPorts, ownerId: string): ResultAsync<HeldTurn | undefined, StorageFailure> {
  const holder = ports.ids.next();
  return changeTurn(ports, { key: keyOf(ownerId), ownerId }, (turn = free) => {
    if (turn.until <= ports.clock.now()) return { holder, until: untilOf(ports.clock), called: false };
    // Whoever called before has not been heard yet: the look that follows finds this caller's work, too.
    return turn.called ? undefined : { ...turn, called: true };
  }).map((changed) => (changed?.turn.holder === holder ? heldBy(ports, holder, changed.session) : undefined));
}

type Turn = z.infer<typeof stored>;

const untilOf = (clock: Clock): string => addSeconds(clock.now(), turnSeconds);

function heldBy(ports: TurnPorts, holder: string, taken: Session): HeldTurn {
  const { clock } = ports;
  let session = taken;
  let until = untilOf(clock);
  let callOff = (): void => undefined;
  let held = true;

  /** Changes the turn as long as it is this caller's. */
  const change = (to: (turn: Turn) => Turn): ResultAsync<boolean, StorageFailure> =>
    changeTurn(ports, session, (turn) => (turn?.holder === holder ? to(turn) : undefined)).map((changed) => {
      session = changed?.session ?? session;
      return changed !== undefined;
    });

  const renew = async (): Promise<void> => {
    const next = untilOf(clock);
    const renewed = await change((turn) => ({ ...turn, until: next }));
    // While the store fails, it may still be held; after its time it is not.
    if (renewed.isOk()) [until, held] = [next, held && renewed.value];
    if (held) renewLater();
  };

  const renewLater = (): void => {
    callOff = clock.after((turnSeconds / 3) * 1_000, () => void renew());
  };

  const stopRenewing = (): void => {
    held = false;
    callOff();
  };

  renewLater();
  return {
    isHeld: () => held && clock.now() < until,
    giveUp: () => {
      stopRenewing();
      return change(() => free).map(() => undefined);
    },
    end: () => {
      let called = false;
      return change((turn) => {
        called = turn.called;
        return called ? { ...turn, called: false } : free;
      }).map(() => {
        if (!called) stopRenewing();
        return called ? "called" : "ended";
      });
    },
  };
}

const keyOf = (ownerId: string): string => `telegram:turn:${ownerId}`;

/** How often a change is repeated after a version conflict. */
const attempts = 50;

interface Changed {
  readonly turn: Turn;
  readonly session: Session;
}

/** The row of a turn, as it was last seen, or only whose it is. */
type Row = Pick<Session, "key" | "ownerId"> | Session;

/**
 * Changes the turn with compare-and-set; `undefined` leaves it as it is. Returns what it was changed to. It is read if it
 * was not seen yet, or is no longer as it was.
 */
function changeTurn(
  ports: TurnPorts,
  row: Row,
  change: (turn: Turn | undefined) => Turn | undefined,
  left = attempts,
): ResultAsync<Changed | undefined, StorageFailure> {
  const { key, ownerId } = row;
  const seen: ReturnType<SessionRepository["find"]> = "version" in row ? okAsync(row) : ports.sessions.find(key);
  return seen.andThen((session) => {
    const turn = change(stored.safeParse(session?.value).data);
    if (!turn) return okAsync(undefined);
    return ports.sessions
      .save({ key, ownerId, value: JSON.parse(JSON.stringify(turn)), version: session?.version ?? 0 })
      .map((saved): Changed | undefined => ({ turn, session: saved }))
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return changeTurn(ports, { key, ownerId }, change, left - 1);
      });
  });
}

const stored = z.object({
  /** Absent: nobody has it. */
  holder: z.string().optional(),
  until: z.string(),
  /** Whether another caller has left something since the holder looked. */
  called: z.boolean(),
});

const free: Turn = { until: "", called: false };
