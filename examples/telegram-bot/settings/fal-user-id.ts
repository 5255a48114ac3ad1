import { text } from "./kinds.ts";

/** An account at fal as the header of its webhooks names it, e.g. `github|12345678`. */
export const falUserId = text(/^[\x21-\x7e]{1,200}$/, "a user id of fal: 1 to 200 printable characters without spaces");
