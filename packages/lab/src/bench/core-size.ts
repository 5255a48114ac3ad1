import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { BenchPart } from "./bench-part.ts";
import { median } from "./side-by-side.ts";

const goals = { milliseconds: 20, kilobytes: 15 };

/** Size and loading time of the core, compared with the one library that it needs at run time. */
export async function benchCoreSize(): Promise<BenchPart> {
  const [ours, floor] = ["@likeness/core", "neverthrow"];
  const imports = Array.from({ length: 31 }, () => ({ ours: importTime(ours), floor: importTime(floor) }));
  const time = {
    ours: median(imports.map((times) => times.ours)),
    floor: median(imports.map((times) => times.floor)),
  };
  const size = { ours: await bundledSize(ours), floor: await bundledSize(floor) };
  const rows = [
    {
      name: `import of core in a fresh process, next to ${floor} alone`,
      ours: `${time.ours.toFixed(1)} ms`,
      floor: `${time.floor.toFixed(1)} ms`,
      ratio: time.floor / time.ours,
      goal: `< ${goals.milliseconds} ms`,
      met: time.ours < goals.milliseconds,
    },
    {
      name: `core with all it imports, minified and gzipped, next to ${floor} alone`,
      ours: `${size.ours.toFixed(2)} kB`,
      floor: `${size.floor.toFixed(2)} kB`,
      ratio: size.floor / size.ours,
      goal: `< ${goals.kilobytes} kB`,
      met: size.ours < goals.kilobytes,
    },
  ];
  return { rows };
}

/** Milliseconds. */
function importTime(name: string): number {
  const script = `const start = performance.now(); await import("${name}"); console.log(performance.now() - start);`;
  return Number(
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname }),
  );
}

/** Kilobytes of 1000 bytes. */
async function bundledSize(name: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from "${name}"`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).byteLength / 1000;
}
