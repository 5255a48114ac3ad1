import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Update } from "grammy/types";
import { onTestFinished } from "vitest";

export interface ReceivedUpdate {
  readonly headers: IncomingHttpHeaders;
  readonly update: Update;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly ReceivedUpdate[];
  /** How the next ones are answered; empty 200 when they are used up. */
  readonly answers: ((response: ServerResponse) => void)[];
}

/** Takes updates as an application does. */
export async function receiver(): Promise<Receiver> {
  const received: ReceivedUpdate[] = [];
  const answers: Receiver["answers"] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const update: Update = JSON.parse(Buffer.concat(chunks).toString());
      received.push({ headers: request.headers, update });
      const answer = answers.shift();
      if (answer) answer(response);
      else response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`, received, answers };
}

/** Answers with a status, and headers. */
export const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end();
