import { setTimeout as wait } from "node:timers/promises";
import { addSeconds } from "@likeness/core";
import { anAvatar, testClock, testStart, valueOf } from "@likeness/testing";
import { err, ok, ResultAsync } from "neverthrow";
import { expect, it, vi } from "vitest";
import { postgresPoolSettings } from "../postgres/postgres-pool-settings.ts";
import { onPostgres } from "./likeness-on-postgres.ts";

const { lock_timeout, connectionTimeoutMillis, max } = postgresPoolSettings;

it("nothing fails in the scenarios while a server is busy for longer than a host waits, and their clock stands still", async () => {
  const clock = testClock();
  const { store } = await onPostgres(clock);
  const avatar = await valueOf(store.avatars.save(anAvatar()));
  const asHostsWait = 1.2 * Math.max(lock_timeout, connectionTimeoutMillis);

  // All connections but one are in use, and one of them holds the row.
  let begun = 0;
  const holding = Array.from({ length: max - 1 }, (_, index) =>
    store.atomically((tx) =>
      tx.avatars.save(index === 0 ? { ...avatar, name: "first" } : anAvatar()).andThen(() => {
        begun += 1;
        return ResultAsync.fromSafePromise(wait(asHostsWait));
      }),
    ),
  );
  await vi.waitUntil(() => begun === holding.length, { timeout: 60_000 });
  const ended = Promise.all([
    store.avatars.save({ ...avatar, name: "second, which waits for the row" }),
    store.avatars.find(avatar.id).map((found) => found?.id),
  ]).then((results) => ({ results, at: clock.now() }));
  await clock.advance(600);

  expect(await Promise.all(holding)).toStrictEqual(holding.map(() => ok(undefined)));
  expect(await ended).toStrictEqual({
    results: [err(expect.objectContaining({ type: "version-conflict" })), ok(avatar.id)],
    at: testStart,
  });
  expect(clock.now()).toBe(addSeconds(testStart, 600));
});
