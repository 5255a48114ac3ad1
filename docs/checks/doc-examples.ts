import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { root } from "./markdown-files.ts";
import type { Snippet } from "./snippets.ts";

/** Every `@example` in the sources of the packages, as code that can be checked: what it takes for granted is declared. */
export const docExamples = (): Snippet[] =>
  globSync("packages/*/src/**/*.ts", { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".test.ts"))
    .toSorted()
    .flatMap(examplesOf);

function examplesOf(path: string): Snippet[] {
  const text = readFileSync(`${root}/${path}`, "utf8");
  return [...text.matchAll(/^ \* @example\n((?: \* (?!@).*\n)+)/gm)].map(({ index, 1: block = "" }) => {
    const line = text.slice(0, index).split("\n").length;
    const example = block.replaceAll(/^ \* /gm, "");
    const file = `${path.replaceAll("/", "-")}-${line}.ts`;
    // In the line before the first one, so that the lines in error messages are those of the source.
    return {
      name: `${path}:${line}`,
      runs: false,
      file,
      code: "\n".repeat(line - 1) + surroundings(path, example) + "\n" + example,
    };
  });
}

/** Imports what the packages and their peers export, and declares what a reader knows to be there. */
function surroundings(path: string, example: string): string {
  const own = exportsOf(path).map((name): [string, string] => [name, `import { ${name} } from "../${path}";`]);
  const known = new Map([...Object.entries(granted), ...own, ...published()]);
  return freeNames(example)
    .flatMap((name) => known.get(name) ?? [])
    .join(" ");
}

/** The names that an example uses and does not declare. */
function freeNames(example: string): string[] {
  const used = new Set<string>();
  const declared = new Set<string>();
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const declares =
        (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) &&
        parent.name === node;
      const isField =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node);
      if (declares) declared.add(node.text);
      else if (!isField) used.add(node.text);
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile("example.ts", example, ts.ScriptTarget.Latest, true));
  return [...used].filter((name) => !declared.has(name));
}

const exportsOf = (path: string): string[] =>
  [...readFileSync(`${root}/${path}`, "utf8").matchAll(/^export (?:async )?(?:const|function) (\w+)/gm)].map(
    ([, name = ""]) => name,
  );

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /** A package that is not published has no build. */
  readonly scripts: { readonly build?: string };
}

/** What every entry of every package exports by name, and the import of it. */
function published(): [string, string][] {
  return globSync("packages/*/package.json", { cwd: root }).flatMap((path) => {
    const { name, exports, scripts }: Manifest = JSON.parse(readFileSync(`${root}/${path}`, "utf8"));
    return [...(scripts.build ?? "").matchAll(/--entry\.(\S+) (\S+)/g)].flatMap(([, entry = "", source = ""]) => {
      const subpath = entry === "index" ? "." : `./${entry}`;
      if (!(subpath in exports)) return [];
      const text = readFileSync(`${root}/${path.replace("package.json", source)}`, "utf8");
      const lists = [...text.matchAll(/^export \{([^}]*)\}/gm)].map(([, list = ""]) => list);
      const names = [...lists.join().matchAll(/\w+/g), ...text.matchAll(/(?<=^export (?:const|function) )\w+/gm)];
      return names.map(([exported]): [string, string] => [
        exported,
        `import { ${exported} } from "${subpath.replace(".", name)}";`,
      ]);
    });
  });
}

const ports = ["store", "queue", "provider", "outcomes", "blobs", "inspector", "notifier", "profiles", "log", "clock"];

/** What examples take for granted: names of the peers, the ports, and what the page around them has made. */
const granted: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ports.map((port) => [port, `declare const ${port}: import("@likeness/core").Ports["${port}"];`]),
  ),
  likeness: `declare const likeness: import("@likeness/core").Likeness;`,
  purchases: `declare const purchases: import("@likeness/core").Purchases;`,
  credits: `declare const credits: import("@likeness/core").Credits;`,
  avatarId: "declare const avatarId: string;",
  photo: `declare const photo: import("@likeness/core").Photo;`,
  bytes: "declare const bytes: Uint8Array;",
  trainingId: "declare const trainingId: string;",
  orderId: "declare const orderId: string;",
  token: "declare const token: string;",
  headers: "declare const headers: Record<string, string>;",
  body: "declare const body: Uint8Array;",
  bot: `declare const bot: import("grammy").Bot;`,
  fake: `declare const fake: import("@likeness/fal/testing").FalFake;`,
  connectionString: "declare const connectionString: string;",
  database: `declare const database: import("better-sqlite3").Database;`,
  db: `declare const db: import("kysely").Kysely<import("@likeness/kysely").Database>;`,
  Api: `import { Api } from "grammy";`,
  Bot: `import { Bot } from "grammy";`,
  Database: `import type { Database } from "@likeness/kysely";`,
  Kysely: `import { Kysely } from "kysely";`,
  PgBoss: `import { PgBoss } from "pg-boss";`,
  Pool: `import { Pool } from "pg";`,
  S3Client: `import { S3Client } from "@aws-sdk/client-s3";`,
  setupServer: `import { setupServer } from "msw/node";`,
  z: `import { z } from "zod";`,
};
