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
    // Node swaps the two when this is the longer one, and its default is.
    headersTimeout: 10_000,
    // How often callers whose time is up are looked for. The default finds them half a minute late.
    connectionsCheckingInterval: 1_000,
  },
};

/** Connections beyond these are closed at once: Telegram opens 40 unless told otherwise, and a proxy shares a few. */
export const maximumConnections = 1_000;

/** Milliseconds for which the rest of a body is taken that nobody reads, so that its sender sees the answer. */
export const restTimeout = 5_000;
