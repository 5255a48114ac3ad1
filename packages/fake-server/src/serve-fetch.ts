import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { ReadableStream as NodeStream } from "node:stream/web";
import { refusePages } from "./refuse-pages.ts";

export interface ServeOptions {
  /** Default: any free one. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1. Every program that reaches it can use the control; pages in a browser cannot. */
  readonly host?: string | undefined;
  /** Host names it is reached by besides `localhost`, e.g. that of a container. Addresses need not be named. */
  readonly names?: readonly string[] | undefined;
}

export interface Served {
  /** e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Closes the server, not what it serves. */
  close(): Promise<void>;
}

type FetchHandler = (request: Request) => Promise<Response>;

/** Serves a fetch handler over HTTP. What it answers as a network error becomes a reset connection. */
export async function serveFetch(
  handler: FetchHandler,
  { port = 0, host = "127.0.0.1", names = [] }: ServeOptions = {},
): Promise<Served> {
  const server = createServer((incoming, outgoing) => {
    const refusal = refusePages(incoming.headers, names);
    if (refusal) outgoing.writeHead(refusal.status, { connection: "close" }).end(refusal.message);
    else answer(handler, incoming, outgoing).catch(() => outgoing.destroy());
  });
  // By default an idle connection is closed after five seconds: a program that stood still as long, on a busy machine, sends
  // its next request into the reset.
  server.keepAliveTimeout = 0;
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(handler: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await handler(toRequest(incoming, outgoing));
  if (response.type === "error") {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  // A slow body may take its time, the headers do not.
  outgoing.flushHeaders();
  if (response.body) send(response.body, outgoing);
  else outgoing.end();
}

/** Unlike with `pipeline`, what was written before a body broke off still arrives. */
function send(body: ReadableStream, outgoing: ServerResponse): void {
  const source = Readable.fromWeb(body as NodeStream);
  source.on("error", () => outgoing.socket?.destroySoon());
  outgoing.on("close", () => source.destroy());
  source.pipe(outgoing);
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
 * The body is read only on demand. Node drops an unread one and keeps the connection usable. The cast is needed because
 * Node and the DOM declare the same class differently.
 */
const untouchedUntilRead = (incoming: IncomingMessage): ReadableStream => NodeStream.from(incoming) as ReadableStream;
