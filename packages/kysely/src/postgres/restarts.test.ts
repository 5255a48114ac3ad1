import { anAvatar, aPhoto, recordingLog, valueOf } from "@likeness/testing";
import type { Repositories, SaveError } from "@likeness/core";
import { errAsync, okAsync, type Result, type ResultAsync } from "neverthrow";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type PostgresServer } from "@likeness/test-postgres/start-postgres.ts";
import { migrate } from "../migrations/migrate.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { openPostgres } from "../__fixtures__/temporary-postgres.ts";
import { postgresMigrations } from "./postgres-migrations.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const takePhoto = ({ avatars, photos }: Repositories, avatarId: string): ResultAsync<unknown, SaveError> =>
  avatars.hold(avatarId).andThen((avatar) => {
    if (!avatar) return errAsync({ type: "storage-failure", cause: "it is gone" } as const);
    const number = avatar.photosTaken + 1;
    return photos.save(aPhoto({ avatarId, number })).andThen(() => avatars.save({ ...avatar, photosTaken: number }));
  });

it("writes everything or nothing while the server dies again and again, and goes on by itself", async () => {
  const log = recordingLog();
  const { db } = openPostgres(server.url, { log });
  await valueOf(migrate(db, postgresMigrations));
  const store = kyselyStore(db, { jobs: () => ({ enqueue: () => okAsync(undefined) }) });
  const { id } = await valueOf(store.avatars.save(anAvatar()));
  const take = () => store.atomically((tx) => takePhoto(tx, id));

  const calm = new AbortController();
  const results: Result<unknown, SaveError>[] = [];
  const load = Array.from({ length: 6 }, async () => {
    while (!calm.signal.aborted) results.push(await take());
  });
  for (let restarts = 0; restarts < 3; restarts++) {
    const before = results.length;
    await expect.poll(() => results.length, { timeout: 10_000 }).toBeGreaterThan(before + 20);
    await server.restart();
  }
  calm.abort();
  await Promise.all(load);
  expect((await take()).isOk()).toBe(true);

  const photos = await valueOf(store.photos.listByAvatar(id));
  const numbers = photos.map(({ number }) => number);
  expect(numbers).toStrictEqual(numbers.map((_, index) => index + 1));
  expect(await valueOf(store.avatars.find(id))).toMatchObject({ photosTaken: numbers.length });

  // Only a commit whose answer was lost may have failed and be there.
  const [good, bad] = [results.filter((result) => result.isOk()), results.filter((result) => result.isErr())];
  expect(numbers.length).toBeGreaterThanOrEqual(good.length + 1);
  expect(numbers.length).toBeLessThanOrEqual(good.length + 1 + bad.length);
  for (const result of bad) expect(result).toMatchObject({ error: { type: "storage-failure" } });
  expect(bad.length).toBeLessThanOrEqual(3 * load.length);
  expect(log.entries.length).toBeGreaterThan(0);
}, 60_000);
