/** As many entries as a log keeps: a demonstration may run for weeks. */
const most = 10_000;

/** Adds to a log and lets go of its oldest entry. */
export function remember<T>(log: T[], entry: T): void {
  log.push(entry);
  if (log.length > most) log.shift();
}
