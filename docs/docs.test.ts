import { describe, expect, it } from "vitest";
import { brokenLinks } from "./checks/links.ts";
import { docExamples } from "./checks/doc-examples.ts";
import { markdownFiles } from "./checks/markdown-files.ts";
import { checkSnippets, snippetRunner, snippetsOf } from "./checks/snippets.ts";

const pages = markdownFiles();
const snippets = [...pages.flatMap(snippetsOf), ...docExamples()];
const shown = ["examples/quickstart/quickstart.ts"];
const complaints = checkSnippets(snippets, shown);
const run = snippetRunner(snippets);

describe("documentation", () => {
  it.each(pages)("has links that lead somewhere: $path", (page) => {
    expect(brokenLinks(page)).toStrictEqual([]);
  });

  it("has code only in snippets that the compiler can be asked about", () => {
    expect(complaints.filter((complaint) => !snippets.some(({ file }) => complaint.startsWith(file)))).toStrictEqual(
      [],
    );
  });

  it.each(snippets)("has code that compiles: $name", ({ file }) => {
    expect(complaints.filter((complaint) => complaint.startsWith(`${file}(`))).toStrictEqual([]);
  });

  it.each(snippets.filter(({ runs }) => runs))("has code that runs: $name", { timeout: 200_000 }, (snippet) => {
    const { exitCode, output } = run(snippet);
    expect(exitCode, output).toBe(0);
  });
});
