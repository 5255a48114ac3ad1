import { fileURLToPath } from "node:url";
import { createLikeness, systemClock, uuidV7 } from "@likeness/core";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { photoBytes, someProfiles, testPorts, valueOf } from "@likeness/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { sqliteJobQueue } from "./sqlite-job-queue.ts";

const leaseSeconds = 1;
const program = fileURLToPath(new URL("../__fixtures__/processes/run-due.ts", import.meta.url));

/** A training that is ordered in a deployment without workers, and crons in processes of their own. */
async function ordered() {
  const { db, path } = await temporarySqlite();
  const queue = sqliteJobQueue(db, { clock: systemClock, leaseSeconds });
  const store = kyselyStore(db, { jobs: queue.within });
  const profiles = someProfiles({ minimum: 1, maximum: 3 });
  const { ports, provider } = testPorts({ store, queue, clock: systemClock, profiles });
  const policy = { ...ports.policy, submitTimeoutSeconds: 5 };
  const likeness = createLikeness({ ...ports, policy, ids: uuidV7(systemClock) });
  const actor = "owner:1";
  const { id: avatarId } = await valueOf(
    likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" }),
  );
  await valueOf(likeness.photos.add({ actor, avatarId, bytes: photoBytes() }));
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  const cron = async (...options: string[]) => {
    const started = runProgram(program, { parameters: [path, String(leaseSeconds), ...options], onTestFinished });
    await started.said(/ready/);
    return { ...started, go: () => void started.child.stdin.write("go\n") };
  };
  const status = async () => (await valueOf(store.orders.find(id)))?.state.status;
  return { likeness, provider, id, cron, status };
}

describe("runDue in processes", () => {
  it.each([
    ["before the paid request: the next call sends it", "prepare", "submitted", 1],
    ["in the paid request: no other call sends it again", "submit", "unknown", 0],
  ])("loses nothing when it is killed %s", async (_when, method, expected, sent) => {
    const { likeness, provider, id, cron, status } = await ordered();
    const killed = await cron(method);
    killed.go();
    await killed.said(new RegExp(`^${method}$`, "m"));
    await killed.end("SIGKILL");
    const before = await status();
    expect(before).toBe({ prepare: "requested", submit: "submitting" }[method]);
    expect(await valueOf(likeness.runDue({ limit: 10, deadlineMs: 10_000 }))).toMatchObject({ failed: 0 });
    expect(await status(), "the lease of the dead is not over").toBe(before);
    await vi.waitFor(
      async () => {
        await valueOf(likeness.runDue({ limit: 10, deadlineMs: 10_000 }));
        expect(await status()).toBe(expected);
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(provider.accepted).toStrictEqual(Array(sent).fill(id));
  });

  it("sends one paid request when it is called twice at once", async () => {
    const { cron, status } = await ordered();
    const crons = [await cron(), await cron()];
    for (const { go } of crons) go();
    const ends = await Promise.all(crons.map(({ ended }) => ended));
    expect(ends.map(({ code, errors }) => `${code}${errors}`)).toStrictEqual(["0", "0"]);
    expect(ends.flatMap(({ output }) => output.match(/^submit$/gm) ?? [])).toHaveLength(1);
    expect(await status()).toBe("submitted");
  });
});
