import { http, type HttpHandler } from "msw";
import type { FalFake } from "./fal-fake.ts";
import { falHosts } from "./wire/origins.ts";

/**
 * Handlers for fal's own host names, for `setupServer` of msw 3. They handle only requests to fal; the fake's webhooks
 * go to the other handlers.
 *
 * @example
 * const server = setupServer(...falHandlers(fake));
 */
export const falHandlers = (fake: FalFake): HttpHandler[] =>
  falHosts.map((host) => http.all(`https://${host}/*`, ({ request }) => fake.fetch(request)));
