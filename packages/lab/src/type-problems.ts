import { join } from "node:path";
import ts from "typescript";

/** A value that was sent, and the type that its receiver gives it, e.g. `Opts<File>["sendPhoto"]`. */
export interface Sent {
  readonly type: string;
  readonly value: unknown;
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};

/** What the compiler says of values that do not have their types: fields that are missing, unknown, or not what they should be. */
export function typeProblems(imports: string, sent: readonly Sent[]): string[] {
  const lines = sent.map(({ type, value }, index) => `const sent${index}: ${type} = ${JSON.stringify(value)};`);
  const text = [imports, ...lines].join("\n");
  // In this folder, from which the types are found.
  const file = join(import.meta.dirname, "sent.ts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? text : readFile(name));
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText, start = 0 }) => {
    const line = text.slice(0, start).split("\n").length - imports.split("\n").length - 1;
    return `${lines[line] ?? imports}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
