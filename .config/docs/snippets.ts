import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, type MarkdownFile } from "./markdown-files.ts";

/** A TypeScript block of a page. It is checked and run, or with `no-run` behind its `ts` only checked. */
export interface Snippet {
  /** e.g. `docs/webhooks.md:12`. */
  readonly name: string;
  readonly runs: boolean;
  readonly file: string;
  /** Padded with empty lines, so that the lines in error messages are those of the page. */
  readonly code: string;
}

const folder = join(root, ".snippets");

export const snippetsOf = ({ path, text }: MarkdownFile): Snippet[] =>
  [...text.matchAll(/^```ts( no-run)?\n(.*?)^```$/gms)].map(({ index, 1: noRun, 2: code = "" }) => {
    const line = text.slice(0, index).split("\n").length;
    const kind = /^(it|describe\w*)\(/m.test(code) ? ".test.ts" : ".ts";
    return {
      name: `${path}:${line}`,
      runs: noRun === undefined,
      file: `${path.replaceAll("/", "-")}-${line}${kind}`,
      code: "\n".repeat(line) + code,
    };
  });

/** Writes the snippets where the workspace's packages resolve, and returns what the compiler says about them. */
export function checkSnippets(snippets: readonly Snippet[]): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const compilerOptions = { moduleDetection: "force", noUnusedLocals: false };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../tsconfig.base.json", compilerOptions, files: snippets.map(({ file }) => file) }),
  );
  for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
  if (snippets.length === 0) return [];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  return stdout.split(/\n(?! )/).filter((line) => line.trim() !== "");
}

/** Runs a snippet as its reader would: in an empty folder, without secrets; one that holds tests with vitest. */
export function runSnippet({ file }: Snippet): { exitCode: number | null; output: string } {
  const cwd = mkdtempSync(join(tmpdir(), "likeness-snippet-"));
  const program = file.endsWith(".test.ts")
    ? [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, file]
    : [join(folder, file)];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  rmSync(cwd, { recursive: true, force: true });
  return { exitCode: status, output: stdout + stderr };
}
