import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import ts from "typescript";
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

/** As strict as any reader may have it. */
const strictest: ts.CompilerOptions = {
  moduleDetection: ts.ModuleDetectionKind.Force,
  exactOptionalPropertyTypes: true,
};

/**
 * Writes the snippets where the workspace's packages resolve, and returns what the compiler says about them, and about
 * programs of the repository that pages show. A Result that is not looked at is a mistake, too: its error is lost.
 */
export function checkSnippets(snippets: readonly Snippet[], shown: readonly string[] = []): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), (path) => readFileSync(path, "utf8"));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = [...snippets.map(({ file }) => join(folder, file)), ...shown.map((path) => join(root, path))];
  const program = ts.createProgram(files, { ...options, ...strictest });
  const host = {
    getCanonicalFileName: (path: string) => path,
    getCurrentDirectory: () => folder,
    getNewLine: () => "\n",
  };
  const checker = program.getTypeChecker();
  return [
    ...ts.getPreEmitDiagnostics(program).map((diagnostic) => ts.formatDiagnostic(diagnostic, host).trim()),
    ...files.flatMap((file) => lostResults(program.getSourceFile(file), checker)),
  ];
}

/** The statements that drop a Result, awaited or not. */
function lostResults(source: ts.SourceFile | undefined, checker: ts.TypeChecker): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const dropped = ts.isExpressionStatement(node) ? node.expression : undefined;
    const value = dropped && ts.isVoidExpression(dropped) ? dropped.expression : dropped;
    if (source && value && isResult(checker.getTypeAtLocation(value))) {
      const { line, character } = source.getLineAndCharacterOfPosition(value.getStart());
      const file = source.fileName.slice(source.fileName.lastIndexOf("/") + 1);
      found.push(`${file}(${line + 1},${character + 1}): a Result is dropped: ${value.getText()}`);
    }
    ts.forEachChild(node, look);
  };
  if (source) look(source);
  return found;
}

/** By what only neverthrow's types have. */
const isResult = (type: ts.Type): boolean =>
  (type.isUnion() ? type.types : [type]).some((part) =>
    ["andThen", "orElse", "unwrapOr"].every((method) => part.getProperty(method)),
  );

export interface SnippetRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Runs snippets as their readers would: in an empty folder, without secrets; those that hold tests with vitest, all of
 * them when the first is asked for, because vitest takes longer to start than they do.
 */
export function snippetRunner(snippets: readonly Snippet[]): (snippet: Snippet) => SnippetRun {
  const tests = snippets.filter(({ runs, file }) => runs && holdsTests(file)).map(({ file }) => file);
  let tested: ReadonlyMap<string, SnippetRun> | undefined;
  return ({ file }) => {
    if (!holdsTests(file)) return runNode([join(folder, file)]);
    tested ??= runTests(tests);
    return tested.get(file) ?? { exitCode: null, output: "vitest did not run it" };
  };
}

const holdsTests = (file: string): boolean => file.endsWith(".test.ts");

function runTests(files: readonly string[]): ReadonlyMap<string, SnippetRun> {
  const report = join(folder, "report.json");
  const vitest = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder];
  const run = runNode([...vitest, "--reporter=default", "--reporter=json", `--outputFile=${report}`, ...files]);
  const { testResults }: TestReport = JSON.parse(readFileSync(report, "utf8"));
  return new Map(testResults.map(({ name }) => [basename(name), run]));
}

/** What is read of vitest's report: which files it ran. */
interface TestReport {
  readonly testResults: readonly { readonly name: string }[];
}

function runNode(program: readonly string[]): SnippetRun {
  const cwd = mkdtempSync(join(tmpdir(), "likeness-snippet-"));
  const { PATH, NODE_COMPILE_CACHE, BUNDLED_PACKAGES } = process.env;
  const bundled = BUNDLED_PACKAGES ? ["--import", BUNDLED_PACKAGES] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...bundled, ...program], {
    cwd,
    encoding: "utf8",
    env: { PATH, NODE_COMPILE_CACHE },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 180_000,
  });
  rmSync(cwd, { recursive: true, force: true });
  return { exitCode: status, output: stdout + stderr };
}
