import { drainBody, type UnreadRequest } from "./drain-body.ts";

/** What is read of an `IncomingMessage` of `node:http`, or of a request of Express. */
export interface NodeRequest extends UnreadRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether something has begun to read the body. */
  readonly readableDidRead: boolean;
  iterator(options: { readonly destroyOnReturn: false }): AsyncIterableIterator<Uint8Array>;
}

/** What is written of a `ServerResponse` of `node:http`. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: Uint8Array): unknown;
}

/**
 * Serves a function of web standards by `node:http`, or by a server that passes on its requests, e.g. Express. It has
 * to come before parsers of bodies, because a body can be read once. An answer is sent when all of it is there, so this
 * is not for streams.
 *
 * @example
 * import { createServer } from "node:http";
 * createServer(toNodeListener(likeness.webhooks.handle)).listen(8080);
 */
export const toNodeListener =
  (handle: (request: Request) => Promise<Response>) =>
  (request: NodeRequest, response: NodeResponse): void => {
    // Nothing can be answered any more when answering fails.
    serve(handle, request, response).catch(() => request.destroy());
  };

async function serve(
  handle: (request: Request) => Promise<Response>,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const { status, headers, body } = await answerOf(handle, request);
  response.writeHead(status, headers);
  response.end(body);
  drainBody(request);
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

async function answerOf(handle: (request: Request) => Promise<Response>, request: NodeRequest): Promise<Answer> {
  const asked = webRequest(request);
  if (typeof asked === "number") return empty(asked);
  try {
    const response = await handle(asked);
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch {
    // What was thrown may hold what a stranger must not read.
    return empty(500);
  }
}

const empty = (status: number): Answer => ({ status, headers: {}, body: new Uint8Array() });

/** A status for an address or a method that a `Request` cannot have. */
function webRequest(request: NodeRequest): Request | number {
  const { method = "GET", url = "/" } = request;
  const address = url.startsWith("/") ? `http://localhost${url}` : url;
  if (!URL.canParse(address)) return 400;
  if (["CONNECT", "TRACE", "TRACK"].includes(method)) return 405;
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(request.headers))
    for (const one of [value].flat()) headers.append(name, one);
  // `duplex` is missing in the types of the DOM. https://fetch.spec.whatwg.org/#dom-requestinit-duplex
  const init = { method, headers, duplex: "half" };
  if (method === "GET" || method === "HEAD") return new Request(address, init);
  if (!request.readableDidRead)
    return new Request(address, { ...init, body: streamOf(request.iterator({ destroyOnReturn: false })) });
  // Read before: so is the body of this request, and its handler can say so.
  const read = new Request(address, { ...init, body: "" });
  void read.text();
  return read;
}

/** Reads nothing before it is asked to, and leaves the connection open when it is cancelled. */
const streamOf = (chunks: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: () => void chunks.return?.(),
    },
    { highWaterMark: 0 },
  );
