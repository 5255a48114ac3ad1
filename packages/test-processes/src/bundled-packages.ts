import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { writeWhole } from "./write-whole.ts";

/** Packages of many small modules, 255 and 95, which most test files and programs load, and what they export. */
const packages = [
  { name: "kysely", entry: import.meta.resolve("kysely"), contents: `export * from "kysely";` },
  { name: "zod", entry: import.meta.resolve("zod"), contents: `export * from "zod"; export { default } from "zod";` },
] as const;

const folder = fileURLToPath(new URL("../../../node_modules/.cache/bundled/", import.meta.url));

/**
 * Makes one file of each of these packages, unless it is there, and a module that has Node load these files instead.
 * Their code is the same; to find and link hundreds of modules takes a fifth of the bot's start. Returns the module's
 * path, for `node --import`.
 */
export function bundlePackages(): string {
  mkdirSync(folder, { recursive: true });
  const bundles = Object.fromEntries(packages.map(({ name, entry, contents }) => [entry, bundleOf(name, contents)]));
  const redirect = join(folder, "redirect.mjs");
  writeWhole(redirect, redirection(bundles));
  return redirect;
}

/** The path of a package in one file. The name has its version, so a new version is bundled anew. */
function bundleOf(name: string, contents: string): string {
  const path = join(folder, `${name}-${versionOf(name)}.mjs`);
  if (existsSync(path)) return path;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  writeWhole(path, outputFiles[0]?.text ?? "");
  return path;
}

function versionOf(name: string): string {
  const manifest = fileURLToPath(new URL(`../../../node_modules/${name}/package.json`, import.meta.url));
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/** Node 20, which npm may run on, has no such hooks, and ignores the bundles. */
const redirection = (bundles: Readonly<Record<string, string>>): string => `import module from "node:module";
import { pathToFileURL } from "node:url";
const bundles = ${JSON.stringify(bundles)};
module.registerHooks?.({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const bundle = bundles[found.url];
    return bundle ? { url: pathToFileURL(bundle).href, format: "module" } : found;
  },
});
`;
