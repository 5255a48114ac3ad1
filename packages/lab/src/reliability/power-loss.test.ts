import { execFile, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { sqlite } from "../crash/engines/sqlite.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { openHostStage, until } from "./host-stage.ts";

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

describe.concurrent("the power", { timeout: 400_000 }, () => {
  it("D8: fails when fal gets the paid request: the line is in the file", async (test) => {
    const stage = await openHostStage(test, { behaviour: { outcome: "never" } });
    const { database, folder } = stage.settings;
    const left = join(folder, "left.db");
    const unsubscribe = stage.fal.control.subscribe((activity) => {
      if (activity.type !== "request" || activity.method !== "POST" || !activity.path.startsWith("/fal-ai/")) return;
      unsubscribe();
      for (const end of ["", "-wal"]) copyFileSync(database + end, left + end);
    });
    const first = await stage.host();
    const { id } = await first.ordered();
    await until(() => stage.fal.control.accepted().length === 1);
    await first.close();
    await stage.fal.control.finish(stage.fal.control.accepted()[0]?.requestId ?? "");

    const second = await stage.host({ database: left });
    expect((await second.training(id)).state.status).not.toBe("requested");
    const watched = sqlite.watch(left);
    test.onTestFinished(watched.close);
    expect((await expectHealed({ ...stage, watched })).orders).toMatchObject([ready]);
  });

  it.runIf(hasStrace)("D8: fails at any time: SQLite has waited for the disk at each of 100 commits", async (test) => {
    const stage = await openHostStage(test);
    const program = fileURLToPath(new URL("commit-often.ts", import.meta.url));
    const trace = join(stage.settings.folder, "trace");
    const { database } = stage.settings;
    const command = ["-f", "--seccomp-bpf", "-qq", "-e", "trace=fsync,fdatasync", "-o", trace];
    await promisify(execFile)("strace", [...command, process.execPath, program, database, "100"]);
    const waits = (await readFile(trace, "utf8")).match(/f(data)?sync\(\d+\) += 0/g) ?? [];
    expect(waits.length).toBeGreaterThanOrEqual(100);
    await expectHealed(stage, { owners: [] });
  });
});
