import { http, type HttpHandler } from "msw";
import type { FalFake } from "./fal-fake.ts";
import { falHosts } from "./wire/origins.ts";

/**
 * The fake at fal's own host names, for `setupServer` of msw 3. It takes what is sent to fal only: a webhook that the
 * fake delivers meets the other handlers.
 *
 * @example
 * const server = setupServer(...falHandlers(fake));
 */
export const falHandlers = (fake: FalFake): HttpHandler[] =>
  falHosts.map((host) => http.all(`https://${host}/*`, ({ request }) => fake.fetch(request)));
