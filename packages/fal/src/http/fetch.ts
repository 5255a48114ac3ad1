/** The Web's `fetch`, or anything that behaves like it. */
export type Fetch = typeof globalThis.fetch;

/** Looks up the global `fetch` at each call, so that replacing it later has an effect. */
export const globalFetch: Fetch = (input, init) => globalThis.fetch(input, init);
