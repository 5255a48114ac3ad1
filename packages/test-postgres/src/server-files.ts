import { execFile } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { chmod, chown, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyBinaries, giveAway, programsIn } from "./binaries.ts";
import { madeOnce } from "./made-once.ts";
import { at, type ServerUser } from "./server-user.ts";

export interface FilesOptions {
  /** Takes the programs, unless they are shared. */
  readonly folder: string;
  /** The databases; made when there are none yet. */
  readonly data: string;
  readonly durable: boolean;
  /** A folder for the programs and the first databases of several servers; made by the first of them. */
  readonly shared?: string | undefined;
  readonly user: ServerUser | undefined;
}

const run = promisify(execFile);
const kind = ["--auth=trust", "--username=likeness", "--encoding=UTF8", "--locale=C"];

/** Provides a server's programs and databases. Returns the path of `postgres`. */
export async function serverFiles({ folder, data, durable, shared, user }: FilesOptions): Promise<string> {
  const copy = (place: string): Promise<void> => copyBinaries(place, user);
  if (shared === undefined) await copy(folder);
  const place = shared === undefined ? folder : await madeOnce(join(shared, "programs"), copy);
  const { initdb, postgres } = programsIn(place);
  if (existsSync(data)) return postgres;

  const initialise = async (made: string): Promise<void> => {
    await mkdir(made, { mode: 0o700 });
    if (user) await chown(made, user.uid, user.gid);
    const server = at(made, user);
    await run(initdb, ["--pgdata", server.place, ...kind, ...(durable ? [] : ["--no-sync"])], server.options);
  };
  const draft = `${data}.new`;
  await rm(draft, { recursive: true, force: true });
  if (shared === undefined) await initialise(draft);
  else {
    const first = await madeOnce(join(shared, "databases"), (made) => initialise(join(made, "data")));
    cpSync(join(first, "data"), draft, { recursive: true });
    await chmod(draft, 0o700);
    if (user) await giveAway(draft, user);
  }
  await rename(draft, data);
  return postgres;
}
