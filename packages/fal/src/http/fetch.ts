/** The Web's `fetch`, or anything that behaves like it. */
export type Fetch = typeof globalThis.fetch;

/** Looks the global `fetch` up at each call, so that whoever replaces it later is heard. */
export const globalFetch: Fetch = (input, init) => globalThis.fetch(input, init);
