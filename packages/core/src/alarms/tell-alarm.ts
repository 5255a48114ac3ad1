import { err, errAsync, okAsync, type Result, type ResultAsync } from "neverthrow";
import { describeCause } from "../jobs/describe-cause.ts";
import type { AlarmRepository } from "../ports/alarm-repository.ts";
import type { AlarmRefused, Alarms, AlarmsUnavailable } from "../ports/alarms.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ports } from "../ports/ports.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { alarmIn } from "./alarm-in.ts";
import type { Alarm, AlarmRow, Told } from "./alarm.ts";

/** How long one process has a channel for itself. Longer than `tell` may take. */
const claimSeconds = 60;
const answerSeconds = 45;
const longestWaitSeconds = 3_600;
const giveUpSeconds = 86_400;

export type TellPorts = Pick<Ports, "clock" | "log">;

/**
 * Tells a channel what it does not know yet, and returns the row as it stands then. The row is claimed before, so that one
 * process tells it; if that process dies in between, another one tells it again a minute later.
 */
export async function tellAlarm(
  { clock, log }: TellPorts,
  repository: AlarmRepository,
  row: AlarmRow,
  channel: Alarms,
): Promise<AlarmRow> {
  const alarm = alarmIn(row);
  const { id } = alarm;
  const { name } = channel;
  const told = row.told[name];
  if (!isUntold(row, told, id, clock.now())) return row;
  const attempts = told?.id === id ? told.attempts + 1 : 1;
  const claimed = await repository.save(
    withTold(row, name, { id, attempts, tryAt: addSeconds(clock.now(), claimSeconds) }),
  );
  // Another process has it, or the store fails. The next look sees what is stored.
  if (claimed.isErr()) return row;

  const answer = await answerOf(clock, channel, alarm);
  const fields = { cause: alarm.cause, alarm: id, channel: name };
  const isLater = answer.isErr() && answer.error.type === "alarms-unavailable" && !isTooLate(row, clock.now());
  if (answer.isErr()) {
    const { detail } = answer.error;
    if (isLater) log.warn({ ...fields, detail }, "an alarm cannot be told now");
    else log.error({ ...fields, detail }, "an alarm could not be told");
  }
  const waits = Math.min(claimSeconds * 2 ** Math.min(attempts - 1, 10), longestWaitSeconds);
  const noted = await noteTold(repository, claimed.value, name, {
    id,
    attempts,
    ...(isLater && { tryAt: addSeconds(clock.now(), waits) }),
  });
  if (noted.isErr()) log.warn({ ...fields, error: noted.error.type }, "that an alarm was told could not be noted");
  return noted.unwrapOr(claimed.value);
}

/** A host's channel may throw, or never answer. */
function answerOf(
  clock: Clock,
  channel: Alarms,
  alarm: Alarm,
): Promise<Result<void, AlarmRefused | AlarmsUnavailable>> {
  const unavailable = (detail: string) => err({ type: "alarms-unavailable", detail } as const);
  return new Promise((resolve) => {
    const callOff = clock.after(answerSeconds * 1_000, () => resolve(unavailable("no answer")));
    void (async () => channel.tell(alarm))()
      .catch((cause: unknown) => unavailable(describeCause(cause)))
      .then((answer) => {
        callOff();
        resolve(answer);
      });
  });
}

/** That an alarm is over is told only to whom it was told, or tried to be, that it had begun. */
function isUntold(row: AlarmRow, told: Told | undefined, id: string, now: Timestamp): boolean {
  if (told?.id === id) return told.tryAt !== undefined && told.tryAt <= now;
  return row.state.status === "on" || told?.id === beganAs(row);
}

/** The id of the same alarm when it had begun. */
const beganAs = ({ state: { since }, ...row }: AlarmRow): string =>
  alarmIn({ ...row, state: { status: "on", since } }).id;

const isTooLate = ({ state }: AlarmRow, now: Timestamp): boolean =>
  now > addSeconds(state.status === "on" ? state.since : state.until, giveUpSeconds);

const withTold = (row: AlarmRow, name: string, told: Told): AlarmRow => ({
  ...row,
  told: { ...row.told, [name]: told },
});

const attemptsToNote = 10;

/** Others write the row too: what they wrote stays. */
function noteTold(
  repository: AlarmRepository,
  row: AlarmRow,
  name: string,
  told: Told,
  left = attemptsToNote,
): ResultAsync<AlarmRow, { readonly type: string }> {
  return repository.save(withTold(row, name, told)).orElse((error) => {
    if (error.type !== "version-conflict" || left <= 1) return errAsync(error);
    return repository.list().andThen((rows) => {
      const now = rows.find(({ cause }) => cause === row.cause);
      return now?.told[name]?.id === told.id ? noteTold(repository, now, name, told, left - 1) : okAsync(now ?? row);
    });
  });
}
