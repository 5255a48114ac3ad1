/** The part of `fetch` that is used. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Looked up at each call, so that a replaced global one is used. */
export const globalFetch: Fetch = (input, init) => fetch(input, init);
