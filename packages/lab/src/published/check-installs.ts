/**
 * Installs the packed packages plainly, as a host does, with the lowest and the highest version of every shared
 * dependency, and lets each host compile, load every entry, train an avatar with the quickstart and run the suites.
 * The last one is a bot of `npm create likeness`.
 * `quick` does what needs less than a minute. Needs the npm registry.
 */
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../repository.ts";
import { highest, lowest, packageNames, types, type Versions } from "./ends.ts";
import { entriesOf, publishedPackages } from "./published-packages.ts";

const checks = {
  lowest: () => composed("lowest", lowest),
  highest: () => composed("highest", highest),
  plain,
  created,
  quick: () => {
    loaded("lowest", lowest);
    small();
  },
} as const satisfies Record<string, () => void>;

const isCheck = (name: string): name is keyof typeof checks => Object.hasOwn(checks, name);
const [only] = process.argv.slice(2);
if (only !== undefined && !isCheck(only)) {
  console.error(`There is no check "${only}", only ${Object.keys(checks).join(", ")}.`);
  process.exit(1);
}
const chosen = only === undefined ? [checks.lowest, checks.highest, checks.plain, checks.created] : [checks[only]];

const folder = mkdtempSync(join(tmpdir(), "likeness-installs-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const programs = join(import.meta.dirname, "host");
const quickstart = globSync("*.ts", { cwd: join(root, "examples/quickstart") }).filter(
  (file) => !file.endsWith(".test.ts"),
);

function run(where: string, what: string, command: string, ...parameters: readonly string[]): void {
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: where,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: where },
  });
  if (status !== 0) throw new Error(`${what} failed\n${stdout}\n${stderr}`);
  console.log(`  ${what}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

const node = (where: string, what: string, ...parameters: readonly string[]): void =>
  run(where, what, process.execPath, ...parameters);

const compiler = join(root, "node_modules/typescript/bin/tsc");

function pack(): Versions {
  const named = packageNames.map((name) => `--workspace=${name}`);
  run(root, "pack", "npm", "pack", ...named, "--ignore-scripts", "--silent", "--pack-destination", folder);
  return Object.fromEntries(
    packageNames.map((name) => {
      const [tarball = ""] = globSync(`${name.replace("@", "").replace("/", "-")}-[0-9]*.tgz`, { cwd: folder });
      return [name, `file:${join(folder, tarball)}`];
    }),
  );
}

function host(name: string, dependencies: Versions, files: readonly (readonly [from: string, to: string])[]): string {
  console.log(name);
  const where = join(folder, name.replaceAll(" ", "-"));
  mkdirSync(where);
  for (const [from, to] of files) cpSync(from, join(where, to), { recursive: true });
  const isModule = !files.some(([, to]) => to.endsWith(".cts"));
  writeFileSync(
    join(where, "package.json"),
    JSON.stringify({ private: true, ...(isModule && { type: "module" }), dependencies }),
  );
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.base.json"), "utf8"));
  const strict = {
    ...compilerOptions,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: isModule,
    erasableSyntaxOnly: isModule,
  };
  writeFileSync(join(where, "tsconfig.json"), JSON.stringify({ compilerOptions: strict }));
  // Without the workspace's npm settings, and without flags that would hide a conflict.
  run(where, "npm install", "npm", "install", "--no-audit", "--no-fund", "--prefer-offline");
  node(where, "types", compiler, "-p", ".", ...(isModule ? [] : emitted));
  return where;
}

const composition = [
  [join(programs, "entries.ts"), "entries.ts"] as const,
  ...quickstart.map((file) => [join(root, "examples/quickstart", file), file] as const),
  [join(programs, "own-ports.ts"), "own-ports.ts"] as const,
  [join(programs, "suites.ts"), "suites.test.ts"] as const,
];

const likeness = pack();

const published = publishedPackages();
const entries = published.flatMap((some) => entriesOf(some).map(({ specifier }) => specifier));

/** A host of every package whose versions are at one end, which has compiled and loaded what they export. */
function loaded(end: string, versions: Versions): string {
  const where = host(`the ${end} versions`, { ...versions, ...types, ...likeness }, composition);
  for (const shared of ["neverthrow", "zod", "kysely", "sharp"])
    if (globSync(`node_modules/**/node_modules/${shared}/package.json`, { cwd: where }).length > 0)
      throw new Error(`${shared} is installed twice`);
  const load = `import { loadEntries } from "./entries.ts"; await loadEntries(${JSON.stringify(entries)});`;
  node(where, "entries", "--input-type=module", "--eval", load);
  for (const { manifest } of published)
    for (const [command, path] of Object.entries(manifest.bin ?? {}))
      node(where, `${command} --help`, join("node_modules", manifest.name, path), "--help");
  return where;
}

function composed(end: string, versions: Versions): void {
  const where = loaded(end, versions);
  node(where, "quickstart", "quickstart.ts");
  node(where, "suites", join(where, "node_modules/vitest/vitest.mjs"), "run");
}

/** What the compiler makes of a program that is CommonJS, which Node does not run as TypeScript. */
const emitted = ["--noEmit", "false", "--allowImportingTsExtensions", "false"];

/** A host without vitest whose program is CommonJS. */
function commonJs(name: string, dependencies: Versions): void {
  const where = host(name, { ...dependencies, ...types }, [[join(programs, "fakes.cts"), "fakes.cts"]]);
  node(where, "fakes", "--test", "fakes.cjs");
}

/** With every package, and an msw that no range of ours would name. */
function plain(): void {
  const { vitest: _vitest, msw: _msw, ...production } = highest;
  commonJs("CommonJS, node:test", { ...production, msw: "1.3.5", ...likeness });
}

/** With the three packages that its program uses, and what npm chooses beside them: the newest. */
function small(): void {
  const used = ["@likeness/core", "@likeness/fal", "@likeness/testing"];
  commonJs("CommonJS, few packages", Object.fromEntries(used.map((name) => [name, likeness[name] ?? ""])));
}

/** A bot that `npm create likeness` wrote, by the commands that it names. The packages come from the tarballs. */
function created(): void {
  console.log("npm create likeness");
  const where = join(folder, "my-bot");
  node(folder, "create", join(root, "packages/create-likeness/dist/create-likeness.js"), where, "--yes");
  const { dependencies } = JSON.parse(readFileSync(join(where, "package.json"), "utf8"));
  const tarballs = Object.keys(dependencies).flatMap((name) => likeness[name] ?? []);
  run(where, "npm install", "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs);
  for (const script of ["types", "test", "rehearse"]) run(where, `npm run ${script}`, "npm", "run", script);
}

for (const check of chosen) check();
