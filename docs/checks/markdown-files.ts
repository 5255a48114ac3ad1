import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface MarkdownFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The README and everything that is documentation besides. */
export const markdownFiles = (): MarkdownFile[] =>
  ["README.md", "docs/**/*.md", "packages/*/README.md", "examples/*/README.md"]
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, "utf8") }));
