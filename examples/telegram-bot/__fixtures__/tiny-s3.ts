import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished, vi } from "vitest";

export interface TinyS3 {
  /** The bytes of each object, by bucket and key. */
  readonly objects: Map<string, Buffer>;
  /** Methods and paths, in the order of their arrival. */
  readonly seen: readonly string[];
}

type Answer = readonly [status: number, bytes?: Buffer];

/**
 * An S3 over HTTP, as far as blobs need it: single objects, with `If-None-Match`. The usual variables of AWS lead to it until
 * the test has finished.
 */
export async function tinyS3(): Promise<TinyS3> {
  const objects = new Map<string, Buffer>();
  const seen: string[] = [];
  const methods: Readonly<Record<string, (path: string, incoming: IncomingMessage, body: Buffer) => Answer>> = {
    PUT: (path, { headers }, body) => {
      if (headers["if-none-match"] === "*" && objects.has(path)) return [412];
      objects.set(path, body);
      return [200];
    },
    GET: (path) => [objects.has(path) ? 200 : 404, objects.get(path) ?? noSuchKey],
    HEAD: (path) => [objects.has(path) ? 200 : 404],
    DELETE: (path) => {
      objects.delete(path);
      return [204];
    },
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const path = (incoming.url ?? "").slice(1).replace(/\?.*/, "");
    seen.push(`${incoming.method} ${path}`);
    const body = Buffer.concat(await incoming.toArray());
    const [status, bytes] = methods[incoming.method ?? ""]?.(path, incoming, body) ?? [405];
    outgoing.writeHead(status).end(bytes);
  };
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const settings = {
    AWS_ENDPOINT_URL_S3: `http://localhost:${(server.address() as AddressInfo).port}`,
    AWS_REGION: "eu-test-1",
    AWS_ACCESS_KEY_ID: "the-id",
    AWS_SECRET_ACCESS_KEY: "the-secret",
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: "/nowhere",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  return { objects, seen };
}

const noSuchKey = Buffer.from("<Error><Code>NoSuchKey</Code></Error>");
