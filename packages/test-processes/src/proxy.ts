import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { pipeline } from "node:stream/promises";

export interface ProxyOptions {
  readonly port: number;
  /** The ports of the targets that are available now, always in the same order. */
  targets(): readonly number[];
}

export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A load balancer before replicas: forwards requests to them alternately, and to the next one if a connection is
 * refused. It never repeats a request that a replica may have received; the sender has to repeat it.
 */
export async function openProxy({ port, targets }: ProxyOptions): Promise<Proxy> {
  let turn = 0;

  /** Connects to the first available target, starting with the next one in the rotation. */
  const findOne = async (): Promise<Socket | undefined> => {
    const ports = targets();
    const first = turn++;
    for (const index of ports.keys()) {
      const socket = await reach(ports[(first + index) % ports.length]);
      if (socket) return socket;
    }
    return undefined;
  };

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const socket = await findOne();
    if (!socket) return refuse(outgoing, 503);
    const { method, url: path, headers } = incoming;
    const onwards = request({
      createConnection: () => socket,
      method,
      path,
      headers: { ...headers, connection: "close" },
    });
    // Errors are ignored, because a target may answer before it has read the whole body.
    pipeline(incoming, onwards).catch(() => undefined);
    try {
      const [answer]: [IncomingMessage] = (await once(onwards, "response")) as [IncomingMessage];
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      await pipeline(answer, outgoing);
    } catch {
      refuse(outgoing, 502);
    }
  };

  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing)).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function reach(port: number | undefined): Promise<Socket | undefined> {
  if (port === undefined) return undefined;
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  try {
    await once(socket, "connect");
    return socket;
  } catch {
    return undefined;
  }
}

/** Answers 503 with a retry after a second, or aborts an answer that has begun. */
function refuse(outgoing: ServerResponse, status: 502 | 503): void {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status, { "retry-after": "1", connection: "close" }).end();
}
