/**
 * A cron in a process of its own: `run-due.ts <file> <lease seconds> [<method>]`. When it is told to go, it runs what is
 * due, once. Says each call of the provider; that of the named method never ends.
 */
import { once } from "node:events";
import Sqlite from "better-sqlite3";
import { createLikeness, systemClock, uuidV7, type Provider } from "@likeness/core";
import { someProfiles, testPorts } from "@likeness/testing";
import { okAsync, ResultAsync } from "neverthrow";
import { sqliteStorage } from "../../index.ts";

const [path = "", leaseSeconds, endless] = process.argv.slice(2);
const { store, queue } = (
  await sqliteStorage(new Sqlite(path), { leaseSeconds: Number(leaseSeconds) })
)._unsafeUnwrap();
const { ports } = testPorts({ store, queue, clock: systemClock, profiles: someProfiles({ minimum: 1, maximum: 3 }) });

const said = <T, E>(method: string, answer: () => ResultAsync<T, E>): ResultAsync<T, E> => {
  process.stdout.write(`${method}\n`);
  return method === endless ? ResultAsync.fromSafePromise(new Promise<T>(() => undefined)) : answer();
};
const provider: Provider = {
  ...ports.provider,
  // Reads no photo: the blobs are those of another process.
  prepare: () => said("prepare", () => okAsync({ input: {} })),
  submit: (submission) => said("submit", () => ports.provider.submit(submission)),
};
const policy = { ...ports.policy, submitTimeoutSeconds: 5 };
const likeness = createLikeness({ ...ports, provider, policy, ids: uuidV7(systemClock) });

process.stdout.write("ready\n");
await once(process.stdin, "data");
const ran = (await likeness.runDue({ limit: 10, deadlineMs: 60_000 }))._unsafeUnwrap();
process.stdout.write(`ran ${JSON.stringify(ran)}\n`);
process.exit(0);
