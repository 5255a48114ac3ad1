import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import { root } from "../repository.ts";

/** The optional fields of a file of types that do not take `undefined`, as `Type.field`. */
function closedFields(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(`${root}${path}`, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const optional = (ts.isPropertySignature(node) || ts.isMethodSignature(node)) && node.questionToken;
    if (optional && !takesUndefined(node)) found.push(`${path}: ${node.getText()}`);
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

function takesUndefined(field: ts.PropertySignature | ts.MethodSignature): boolean {
  if (ts.isMethodSignature(field) || !field.type) return false;
  const parts = ts.isUnionTypeNode(field.type) ? field.type.types : [field.type];
  return parts.some(({ kind }) => open.has(kind));
}

const open: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.UndefinedKeyword,
  ts.SyntaxKind.UnknownKeyword,
  ts.SyntaxKind.AnyKeyword,
]);

it("every optional field of a public type takes undefined, as hosts with exactOptionalPropertyTypes need it", () => {
  const files = globSync("packages/*/dist/**/*.d.ts", { cwd: root });
  expect(files.length).toBeGreaterThan(8);
  expect(files.flatMap(closedFields)).toStrictEqual([]);
});
