/** Maximum number of entries in a log, because a demo may run for weeks. */
const most = 10_000;

/** Adds an entry to a log and drops the oldest one if it is full. */
export function remember<T>(log: T[], entry: T): void {
  log.push(entry);
  if (log.length > most) log.shift();
}
