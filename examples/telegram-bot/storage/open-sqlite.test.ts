import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { silentLog, systemClock } from "@likeness/core";
import { anAvatar, valueOf } from "@likeness/testing";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { openSqlite } from "./open-sqlite.ts";

const open = (file: string) => openSqlite({ type: "sqlite", file }, systemClock, silentLog);

describe("openSqlite", () => {
  it("makes folder, file and tables, which no other user can read", async () => {
    const folder = join(await temporaryFolder(), "a", "data");
    const { store, ready, close } = await open(join(folder, "likeness.db"));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "likeness.db"))).mode & 0o777).toBe(0o600);
    expect(await ready()).toStrictEqual(ok(undefined));
    const avatar = await valueOf(store.avatars.save(anAvatar()));
    await close();

    const again = await open(join(folder, "likeness.db"));
    expect(await again.store.avatars.find(avatar.id)).toStrictEqual(ok(avatar));
    await again.close();
  });

  it("names the variable when the file is no database", async () => {
    const file = join(await temporaryFolder(), "likeness.db");
    await writeFile(file, "this is no database ".repeat(99));
    await expect(open(file)).rejects.toThrow("DATABASE_URL names a file that cannot be used: file is not a database");
    await mkdir(`${file}.d`);
    await expect(open(`${file}.d`)).rejects.toThrow(
      "DATABASE_URL names a file that cannot be used: unable to open database file",
    );
  });

  it.runIf(process.platform === "linux")(
    "refuses a folder that cannot be made, instead of trying for ever",
    async () => {
      await expect(open("/proc/likeness/data/likeness.db")).rejects.toThrow(
        "DATABASE_URL names a file that cannot be used: ENOENT",
      );
    },
  );
});
