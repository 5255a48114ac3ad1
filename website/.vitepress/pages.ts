import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of the repository, whose Markdown files are the pages. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const privatePackages = ["fake-server", "lab", "test-postgres", "test-processes"];

const find = (...patterns: readonly string[]): string[] =>
  globSync(patterns, { cwd: root, exclude: ["**/node_modules"] }).map((path) => path.replaceAll("\\", "/"));

/** The Markdown files that are pages, relative to the root. */
export const pages: readonly string[] = find(
  "README.md",
  "docs/**/*.md",
  "packages/*/README.md",
  "examples/*/README.md",
)
  .filter((path) => !privatePackages.some((name) => path.startsWith(`packages/${name}/`)))
  .toSorted();

/** The other Markdown files, except the reference, which is made by this folder. */
export const otherFiles = (): string[] =>
  find("**/*.md").filter((path) => !pages.includes(path) && !path.startsWith("website/reference/"));

/** Where a page stands on the site: a README is the page of its folder. */
export const placeOf = (path: string): string => path.replace(/README\.md$/, "index.md");

/** The address of a page on the site. */
export const addressOf = (path: string): string => `/${placeOf(path).replace(/(?:^|(?<=\/))index\.md$|\.md$/, "")}`;
