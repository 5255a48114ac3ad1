import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres, type PostgresServer } from "./start-postgres.ts";

/** The answer to a worker that asks for the server of this run. */
export type ServerAnswer = { readonly url: string } | { readonly failure: string };

declare module "vitest" {
  export interface ProvidedContext {
    /** A connection to this port of 127.0.0.1 is answered with a `ServerAnswer`: where PostgreSQL is. */
    readonly postgresPort: number;
  }
}

/**
 * One PostgreSQL for a whole test run, started when a test first asks for it, so that runs that need none do not pay
 * for it. The server belongs to the process of the run, because workers come and go. Servers that tests start share
 * their programs.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const shared = mkdtempSync(join(tmpdir(), "likeness-postgres-shared-"));
  chmodSync(shared, 0o755);
  process.env["SHARED_POSTGRES"] = shared;
  let server: Promise<PostgresServer> | undefined;
  const asked = createServer((socket) => {
    socket.on("error", () => undefined);
    server ??= startPostgres();
    server.then(
      ({ url }) => socket.end(JSON.stringify({ url } satisfies ServerAnswer)),
      ({ message }: Error) => socket.end(JSON.stringify({ failure: message } satisfies ServerAnswer)),
    );
  });
  await new Promise<void>((resolve) => void asked.listen(0, "127.0.0.1", resolve));
  provide("postgresPort", (asked.address() as AddressInfo).port);

  return async () => {
    asked.close();
    await server?.then(
      ({ stop }) => stop(),
      () => undefined,
    );
    rmSync(shared, { recursive: true, force: true });
  };
}
