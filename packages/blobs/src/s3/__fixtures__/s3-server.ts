import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { startFauxqs } from "fauxqs";
import { onTestFinished } from "vitest";

export interface SeenRequest {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly status: number;
}

export interface S3Server {
  readonly url: string;
  /** What came in and was answered, in order. */
  readonly seen: readonly SeenRequest[];
  /** Status codes of the next answers, in place of real ones. */
  readonly refusals: number[];
}

/** An S3 of this process over HTTP, with one bucket. `fauxqs` knows no `If-None-Match`, so a server before it does that. */
export async function s3Server(bucket: string): Promise<S3Server> {
  const store = await startFauxqs({ port: 0, logger: false });
  store.createBucket(bucket);
  const seen: SeenRequest[] = [];
  const refusals: number[] = [];

  const answerOf = async (incoming: IncomingMessage): Promise<IncomingMessage | number> => {
    const refusal = refusals.shift();
    if (refusal !== undefined) return refusal;
    const isConditional = incoming.headers["if-none-match"] === "*";
    if (isConditional && (await ask(store.port, "HEAD", incoming)).statusCode === 200) return 412;
    return ask(store.port, incoming.method ?? "GET", incoming, incoming);
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const answer = await answerOf(incoming);
    const status = typeof answer === "number" ? answer : (answer.statusCode ?? 500);
    seen.push({ line: `${incoming.method} ${incoming.url}`, headers: incoming.headers, status });
    if (typeof answer === "number") {
      incoming.resume();
      outgoing.writeHead(status, { "content-type": "application/xml" }).end("<Error><Code>Refused</Code></Error>");
    } else {
      outgoing.writeHead(status, answer.headers);
      answer.pipe(outgoing);
    }
  };
  const url = await listen(
    createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy())),
  );
  onTestFinished(() => store.stop());
  return { url, seen, refusals };
}

/** Serves until the test has finished. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Without a logger, the client tells the console of each stream that it could not send. */
export function clientFor(endpoint: string, config: S3ClientConfig = {}): S3Client {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const settings = { endpoint, credentials, region: "us-east-1", forcePathStyle: true, logger: silent };
  const client = new S3Client({ ...settings, ...config });
  onTestFinished(() => client.destroy());
  return client;
}

function ignore(): void {}

/** Passes a request on, with its body if one is given. */
async function ask(port: number, method: string, incoming: IncomingMessage, body?: IncomingMessage) {
  const { expect: _expect, ...received } = incoming.headers;
  const headers = { ...received, ...(body ? {} : { "content-length": "0" }) };
  const outgoing = request({ port, method, path: incoming.url, headers, agent: false });
  if (body) body.pipe(outgoing);
  else outgoing.end();
  const [response]: IncomingMessage[] = await once(outgoing, "response");
  if (!response) throw new Error("No answer");
  if (!body) response.resume();
  return response;
}
