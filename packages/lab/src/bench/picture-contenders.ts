import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild, type Child } from "./child.ts";
import { engines, type EngineName } from "./engines.ts";
import type { Drawn, DrawerQuestion } from "./picture-drawer.ts";
import type { MakerQuestion } from "./picture-maker.ts";
import type { Site } from "./storage.ts";

/** Who draws pictures for people that order them at once. */
export interface Contender {
  readonly name: string;
  /** Absent: the bare calls. */
  readonly engine?: EngineName;
  /** Whether pictures are decoded; otherwise only their headers are read. */
  readonly decodes: boolean;
}

export const bareCalls: Contender = { name: "bare calls and files", decodes: false };
export const onSqlite: Contender = { name: "Likeness on SQLite", engine: "SQLite", decodes: true };
export const onPostgres: Contender = { name: "Likeness on PostgreSQL", engine: "PostgreSQL", decodes: true };

/** What the default ratio of a scene has. */
export const size = { width: 880, height: 1_104 };

export type Drawer = Child<DrawerQuestion, Drawn>;

/** A process with its own database for each contender, and one that makes the pictures. */
export async function withDrawers<Found>(
  contenders: readonly Contender[],
  owners: number,
  work: (drawers: readonly Drawer[]) => Promise<Found>,
  execArgv: readonly string[] = [],
): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-bench-"));
  const children: Child<never, unknown>[] = [];
  const sites: Site[] = [];
  try {
    const making: Child<MakerQuestion, string> = startChild("picture-maker.ts");
    children.push(making);
    const maker = await making.ask(size);
    const drawers: Drawer[] = [];
    for (const [index, { engine, decodes }] of contenders.entries()) {
      const site = await engines[engine ?? "SQLite"].newSite();
      sites.push(site);
      const drawer: Drawer = startChild("picture-drawer.ts", execArgv);
      children.push(drawer);
      drawers.push(drawer);
      const own = await mkdtemp(join(folder, `${index}-`));
      const database = await site.newDatabase();
      await drawer.ask({ ...(engine && { engine }), database, folder: own, maker, decodes, owners });
    }
    return await work(drawers);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    for (const site of sites) await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}
