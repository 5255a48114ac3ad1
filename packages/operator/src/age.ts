import type { Timestamp } from "@likeness/core";

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
] as const;

/** A number of seconds in its largest whole unit, e.g. `5 min`, `3 h`, `12 d`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const unit = units.find(([, size]) => whole >= size);
  return unit ? `${Math.floor(whole / unit[1])} ${unit[0]}` : `${whole} s`;
}

/** How long ago something was; 0 s for what is yet to come. */
export const age = (at: Timestamp, now: Timestamp): string => duration((Date.parse(now) - Date.parse(at)) / 1_000);
