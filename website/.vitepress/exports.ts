import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { root } from "./pages.ts";

/** An entry of a published package, such as `@likeness/fal/testing`. */
export interface Entry {
  /** Its place in the reference, such as `fal-testing`. */
  readonly slug: string;
  readonly name: string;
  /** The folder of its package, relative to the root. */
  readonly folder: string;
  readonly exports: readonly Exported[];
}

export interface Exported {
  readonly name: string;
  /** Its declaration in TypeScript. Members of an interface have their comments. */
  readonly code: string;
  /** Its doc comment in Markdown, empty when there is none. */
  readonly comment: string;
}

/** All entries that have an API report, with what the report says that they export. */
export const readEntries = (): Entry[] =>
  globSync("packages/*/api/*.api.md", { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .map(readEntry);

function readEntry(path: string): Entry {
  const folder = path.split("/").slice(0, 2).join("/");
  const { name } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { readonly name: string };
  const entry = basename(path, ".api.md");
  const documented = documentedIn(folder);
  return {
    slug: [basename(folder), ...(entry === "index" ? [] : [entry])].join("-"),
    name: entry === "index" ? name : `${name}/${entry.replace("-", "/")}`,
    folder,
    exports: reported(readFileSync(join(root, path), "utf8")).map((each) => ({
      ...each,
      ...documented.get(each.name),
    })),
  };
}

const declaration = /^export (?:declare )?(?:abstract )?(?:const|function|interface|type|class) (\w+)/;

/** What a report says is exported: each declaration is a block between blank lines that begins with `// @public`. */
function reported(report: string): Exported[] {
  const code = report.split("```ts\n")[1]?.split("\n```")[0] ?? "";
  const blocks = code.split(/\n\n(?=\/\/ @)/).map((block) => block.replace(/^\/\/ .*\n/gm, "").trim());
  return blocks.flatMap((text) => {
    const name = declaration.exec(text)?.[1];
    if (name === undefined) return [];
    // The type of a suite is that of a function, which the report has beside it under another name.
    const behind = /: typeof (\w+);$/.exec(text)?.[1];
    const call = blocks.find((block) => behind !== undefined && block.startsWith(`function ${behind}(`));
    const shown = call && behind !== undefined ? call.replace(behind, name) : text.replace(/^export /, "");
    return [{ name, code: shown, comment: "" }];
  });
}

type Documented = Pick<Exported, "comment"> & Partial<Pick<Exported, "code">>;

/** The doc comments of what a package's sources export; of an interface also its text, for the comments of its members. */
function documentedIn(folder: string): ReadonlyMap<string, Documented> {
  const sources = globSync(`${folder}/src/**/*.ts`, { cwd: root }).filter(
    (path) => !/\.test\.ts$|__fixtures__/.test(path),
  );
  const found = sources.toSorted().flatMap((path) => declarationsIn(readFileSync(join(root, path), "utf8")));
  // Of two with one name, the one with a comment: a suite is declared again where it is loaded.
  return new Map(found.toSorted(([, one], [, other]) => Number(one.comment !== "") - Number(other.comment !== "")));
}

function declarationsIn(text: string): [string, Documented][] {
  const file = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement): [string, Documented][] => {
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport);
    const name = nameOf(statement);
    if (!isExported || name === undefined) return [];
    const comment = commentOf(statement);
    const code = ts.isInterfaceDeclaration(statement) && { code: statement.getText(file).replace(/^export /, "") };
    return [[name, { comment, ...code }]];
  });
}

const isExport = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText();
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement);
  return isNamed ? statement.name?.text : undefined;
}

function commentOf(statement: ts.Statement): string {
  const found = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc);
  if (!found) return "";
  const examples = (found.tags ?? []).filter(({ tagName }) => tagName.text === "example");
  const texts = examples.map(({ comment }) => `\`\`\`ts\n${ts.getTextOfJSDocComment(comment)}\n\`\`\``);
  return [ts.getTextOfJSDocComment(found.comment) ?? "", ...texts].join("\n\n").trim();
}
