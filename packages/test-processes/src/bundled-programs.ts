import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, stop, type Plugin } from "esbuild";
import { changedAt, type Bundles } from "./bundle-of.ts";
import { writeWhole } from "./write-whole.ts";

/** A bundle, and what it was made of, by the paths of the files. */
interface Made {
  readonly bundle: string;
  readonly sources: Readonly<Record<string, Source>>;
}

interface Source {
  /** When it was changed last, in milliseconds. */
  readonly changed: number;
  readonly hash: string;
}

export interface BundleOptions {
  /** Where the bundles are kept, in a folder from which Node finds the packages. */
  readonly folder?: string;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** For how many milliseconds bundles of other sources stay: another run of tests may use them. */
const keptFor = 3_600_000;

/**
 * Makes one file of each program and all that it imports at its start, unless it is there and none of its sources was
 * changed: to find and link six hundred modules takes a quarter of the bot's start. What is imported later stays in files
 * of its own, and so do packages that look for an addon. Returns the path of a list of the bundles, for `startProgram`.
 */
export async function bundlePrograms(programs: readonly string[], options: BundleOptions = {}): Promise<string> {
  const { folder = join(root, "node_modules/.cache/bundled/programs") } = options;
  const bundled = programs.map(async (program) => {
    const { bundle, sources } = await bundledProgram(program, folder);
    // Those of npm packages were compared now, and no run of tests installs others.
    const ours = Object.entries(sources).filter(([path]) => !/[\\/]node_modules[\\/]/.test(path));
    const times = Object.fromEntries(ours.map(([path, { changed }]) => [path, changed]));
    return [program, { path: bundle, sources: times }] as const;
  });
  const list = join(folder, "programs.json");
  const bundles: Bundles = Object.fromEntries(await Promise.all(bundled));
  await stop();
  writeWhole(list, JSON.stringify(bundles));
  return list;
}

async function bundledProgram(program: string, bundles: string): Promise<Made> {
  const folder = join(bundles, relative(root, program).replaceAll(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  const record = join(folder, "made.json");
  const before = existsSync(record) ? (JSON.parse(readFileSync(record, "utf8")) as Made) : undefined;
  const made = (before && stillMade(before)) ?? (await makeBundle(program, folder));
  writeWhole(record, JSON.stringify(made));
  return made;
}

/** The bundle, unless a source was changed since. A build that writes the same again changes only the time. */
function stillMade({ bundle, sources }: Made): Made | undefined {
  if (!existsSync(bundle)) return undefined;
  const now: Record<string, Source> = {};
  for (const [path, source] of Object.entries(sources)) {
    if (!existsSync(path)) return undefined;
    now[path] = changedAt(path) === source.changed ? source : read(path).source;
    if (now[path].hash !== source.hash) return undefined;
  }
  return { bundle, sources: now };
}

async function makeBundle(program: string, folder: string): Promise<Made> {
  const how = [import.meta.filename, fileURLToPath(import.meta.resolve("esbuild/package.json"))];
  const sources = Object.fromEntries(how.map((path) => [path, read(path).source]));
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [program],
    outdir: folder,
    entryNames: "[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    // grammY knows a signal by the name of its class.
    keepNames: true,
    platform: "node",
    format: "esm",
    // Only those that Node has itself.
    conditions: [],
    external: ["better-sqlite3", "esbuild", "pg-native"],
    sourcemap: true,
    sourcesContent: false,
    banner: {
      js: `import { createRequire as createRequireHere } from "node:module"; const require = createRequireHere(import.meta.url);`,
    },
    plugins: [inTheirPlaces(sources)],
    metafile: true,
    write: false,
  });
  for (const { path, text } of outputFiles) if (!existsSync(path)) writeWhole(path, text);
  removeOld(folder, new Set(outputFiles.map(({ path }) => path)));
  const isProgram = (entry?: string): boolean => entry !== undefined && resolve(root, entry) === program;
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => isProgram(entryPoint));
  if (!entry) throw new Error(`esbuild made no file of ${program}`);
  return { bundle: join(root, entry[0]), sources };
}

/** Notes each source as it is read, and has it look for files where it is itself. */
const inTheirPlaces = (sources: Record<string, Source>): Plugin => ({
  name: "in-their-places",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const { source, text } = read(path);
      sources[path] = source;
      return { contents: withPlace(text, path), loader: path.endsWith("ts") ? "ts" : "js" };
    });
    onLoad({ filter: /\.json$/ }, ({ path }) => {
      const { source, text } = read(path);
      sources[path] = source;
      return { contents: text, loader: "json" };
    });
  },
});

const places = /\bimport\.meta\.(?:url|filename|dirname)\b|\b__(?:filename|dirname)\b/g;

function withPlace(text: string, path: string): string {
  const placeOf = (name: string): string => {
    if (name.endsWith("url")) return pathToFileURL(path).href;
    return name.endsWith("dirname") ? dirname(path) : path;
  };
  return text.replaceAll(places, (name) => JSON.stringify(placeOf(name)));
}

function read(path: string): { readonly source: Source; readonly text: string } {
  const changed = changedAt(path) ?? 0;
  const text = readFileSync(path, "utf8");
  return { source: { changed, hash: createHash("sha256").update(text).digest("base64") }, text };
}

function removeOld(folder: string, used: ReadonlySet<string>): void {
  for (const path of readdirSync(folder).map((name) => join(folder, name)))
    if (!used.has(path) && (changedAt(path) ?? 0) < Date.now() - keptFor) rmSync(path, { force: true });
}
