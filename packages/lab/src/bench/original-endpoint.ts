import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { requestIds } from "./avatar-rows.ts";

/** The system's own, because these are packages of the system: python3-fastapi, python3-uvicorn, python3-asyncpg. */
const python = "/usr/bin/python3";

/** Whether the original's endpoint can be run on this machine. */
export const hasOriginal = (): boolean =>
  spawnSync(python, ["-c", "import fastapi, uvicorn, asyncpg"], { stdio: "ignore" }).status === 0;

export interface OriginalEndpoint {
  readonly origin: string;
  stop(): void;
}

/** Starts the original's endpoint in shape, on a new database with a number of trainings. */
export async function startOriginal(database: string, trainings: number): Promise<OriginalEndpoint> {
  const client = new Client({ connectionString: database });
  await client.connect();
  await client.query("create table training (id bigint primary key, request_id text unique, status text)");
  await client.query(
    `insert into training select n, ${requestIds.sql}, 'training' from generate_series(0, ${trainings - 1}) n`,
  );
  await client.query("vacuum analyze training");
  await client.end();
  const program = join(import.meta.dirname, "original_endpoint.py");
  // For asyncpg a host goes before the folder of the socket.
  const server = spawn(python, [program, database.replace("@localhost/", "@/")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = once(server, "exit").then(([code, signal]): never => {
    throw new Error(`the original's endpoint ended with ${code ?? signal}`);
  });
  const [port] = await Promise.race([once(createInterface({ input: server.stdout }), "line"), gone]);
  return { origin: `http://127.0.0.1:${port}`, stop: () => void server.stdin.end() };
}
