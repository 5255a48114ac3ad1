import { execFile, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { sqlite } from "../crash/engines/sqlite.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { openScene, until } from "./scene.ts";

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

describe.concurrent("the power", { timeout: 400_000 }, () => {
  it("D8: fails when fal gets the paid request: the line is in the file", async (test) => {
    const scene = await openScene(test, { behaviour: { outcome: "never" } });
    const { database, folder } = scene.settings;
    const left = join(folder, "left.db");
    const unsubscribe = scene.fal.control.subscribe((activity) => {
      if (activity.type !== "request" || activity.method !== "POST" || !activity.path.startsWith("/fal-ai/")) return;
      unsubscribe();
      for (const end of ["", "-wal"]) copyFileSync(database + end, left + end);
    });
    const first = await scene.host();
    const { id } = await first.ordered();
    await until(() => scene.fal.control.accepted().length === 1);
    await first.close();
    await scene.fal.control.finish(scene.fal.control.accepted()[0]?.requestId ?? "");

    const second = await scene.host({ database: left });
    expect((await second.training(id)).state.status).not.toBe("requested");
    const watched = sqlite.watch(left);
    test.onTestFinished(watched.close);
    expect((await expectHealed({ ...scene, watched })).orders).toMatchObject([ready]);
  });

  it.runIf(hasStrace)("D8: fails at any time: SQLite has waited for the disk at each of 100 commits", async (test) => {
    const scene = await openScene(test);
    const program = fileURLToPath(new URL("commit-often.ts", import.meta.url));
    const trace = join(scene.settings.folder, "trace");
    const { database } = scene.settings;
    const command = ["-f", "--seccomp-bpf", "-qq", "-e", "trace=fsync,fdatasync", "-o", trace];
    await promisify(execFile)("strace", [...command, process.execPath, program, database, "100"]);
    const waits = (await readFile(trace, "utf8")).match(/f(data)?sync\(\d+\) += 0/g) ?? [];
    expect(waits.length).toBeGreaterThanOrEqual(100);
    await expectHealed(scene, { owners: [] });
  });
});
