import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { ReadableStream as NodeStream } from "node:stream/web";
import type { FalFake } from "./fal-fake.ts";
import { refusePages } from "./wire/refuse-pages.ts";

export interface ServeOptions {
  /** Default: any free one. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1. Every program that reaches it can use the control; pages in a browser cannot. */
  readonly host?: string | undefined;
  /** Host names it is reached by besides `localhost`, e.g. that of a container. Addresses need not be named. */
  readonly names?: readonly string[] | undefined;
}

export interface ServedFalFake {
  /** e.g. `http://127.0.0.1:41234`; the base of queue, storage, platform and key set alike. */
  readonly url: string;
  /** Closes the server, not the fake. */
  close(): Promise<void>;
}

/** Serves the fake over HTTP. What it answers as a network error becomes a reset connection. */
export async function serveFalFake(
  fake: FalFake,
  { port = 0, host = "127.0.0.1", names = [] }: ServeOptions = {},
): Promise<ServedFalFake> {
  const server = createServer((incoming, outgoing) => {
    const refusal = refusePages(incoming.headers, names);
    if (refusal) outgoing.writeHead(refusal.status, { connection: "close" }).end(refusal.message);
    else answer(fake, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const url = `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
  fake.servedAt(url);
  return {
    url,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(fake: FalFake, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await fake.fetch(toRequest(incoming, outgoing));
  if (response.type === "error") {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(response.body, outgoing);
  else outgoing.end();
}

function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { method = "GET", url = "/", headers } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  const init = {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    body: hasBody ? untouchedUntilRead(incoming) : undefined,
    duplex: "half",
    signal: gone.signal,
  };
  return new Request(new URL(url, `http://${headers.host}`), init);
}

/**
 * A body that nobody reads stays with Node, which then drops it and keeps the connection usable. The cast: Node and the
 * DOM describe the same class in two ways.
 */
const untouchedUntilRead = (incoming: IncomingMessage): ReadableStream => NodeStream.from(incoming) as ReadableStream;
