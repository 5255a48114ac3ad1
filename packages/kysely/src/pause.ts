import { setTimeout } from "node:timers/promises";

const pauses = new Set<Promise<void>>();

/** Waits in real time before a database is asked again. */
export async function pause(milliseconds: number): Promise<void> {
  const over = setTimeout(milliseconds);
  pauses.add(over);
  await over.finally(() => pauses.delete(over));
}

/** Until a pause is over; undefined when there is none. For tests whose own time stands still meanwhile. */
export const untilPauseOver = (): Promise<void> | undefined => pauses.values().next().value;
