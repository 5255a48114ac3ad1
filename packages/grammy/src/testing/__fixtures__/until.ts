import { vi } from "vitest";

/** Waits for a condition, looking often. */
export const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { interval: 5, timeout: 10_000 });
