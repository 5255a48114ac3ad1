import type { ServerOptions } from "node:http";

/** How long callers may take, in milliseconds, as Fastify's options. */
export interface Limits {
  /** For a whole request, its body included. */
  readonly requestTimeout: number;
  readonly http: Pick<ServerOptions, "requestTimeout" | "headersTimeout" | "connectionsCheckingInterval">;
}

const requestTimeout = 30_000;

export const defaultLimits: Limits = {
  requestTimeout,
  http: {
    requestTimeout,
    // Node swaps the two timeouts when this is the longer one, which its default is.
    headersTimeout: 10_000,
    // The interval of the checks for timeouts. With the default they are detected up to half a minute late.
    connectionsCheckingInterval: 1_000,
  },
};

/** Maximum number of connections; others are closed at once. Telegram opens 40 by default, a proxy shares a few. */
export const maximumConnections = 1_000;
