export { serveFetch } from "./serve-fetch.ts";
export type { Served, ServeOptions } from "./serve-fetch.ts";
export { timers } from "./timers.ts";
export type { Timers } from "./timers.ts";
