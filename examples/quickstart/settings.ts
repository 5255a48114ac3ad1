import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const usage = `Usage: npm run quickstart [-- [FOLDER] [--live]]

  FOLDER   photos to train with; without it, samples are drawn
  --live   train at fal.ai itself, with FOLDER and the key in FAL_KEY: this costs money
`;

export interface Settings {
  /**
   * The owner of the avatars. All live runs have the same one, so that an interrupted run is continued and not paid
   * again.
   */
  readonly actor: string;
  /** Folder of database, blobs and samples; separate for fal and its fake. */
  readonly data: string;
  /** The folder of photos on the command line, if any. */
  readonly photos?: string;
  /** fal's key, for a real training. */
  readonly liveKey?: string;
}

/** Reads the command line. Relative paths start at the directory of the command, which npm passes in `INIT_CWD`. */
export function readSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const here = environment["INIT_CWD"] ?? process.cwd();
  const { values, positionals } = parse(argv);
  if (values.help) leave(usage, 0);
  if (positionals.length > 1) leave(`One folder is enough.\n\n${usage}`, 1);
  const [folder] = positionals;
  const photos = folder && resolve(here, folder);
  if (photos && !isFolder(photos)) leave(`${folder} is not a folder that can be read.\n`, 1);
  if (photos && readdirSync(photos).length === 0) leave(`${folder} is empty.\n`, 1);
  if (!values.live)
    return { actor: `quickstart:${Date.now()}`, data: resolve(here, "data/quickstart"), ...(photos && { photos }) };

  const liveKey = environment["FAL_KEY"]?.trim();
  if (!liveKey) leave("--live needs your fal key in FAL_KEY.\n", 1);
  if (!/^[\x21-\x7e]+$/.test(liveKey)) leave("FAL_KEY does not look like a key of fal.\n", 1);
  if (!photos) leave("--live costs money: name the folder of your photos.\n", 1);
  return { actor: "quickstart", data: resolve(here, "data/quickstart-live"), photos, liveKey };
}

function isFolder(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function parse(argv: readonly string[]) {
  try {
    const options = { live: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    return leave(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, 1);
  }
}

function leave(message: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(message);
  process.exit(code);
}
