import type { Clock } from "@likeness/core";

/**
 * A clock whose timers fire at whole seconds, so that a queue polls once a second and not four times. Scenarios wait for
 * hours of a test clock, and each poll is a statement.
 */
export const fewTimers = (clock: Clock): Clock => ({
  now: clock.now,
  after: (ms, callback) => clock.after(Math.ceil(ms / 1_000) * 1_000, callback),
});
