import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { addressOf, pages, root } from "./pages.ts";

const repository = "https://github.com/likeness/likeness";

/**
 * Leads each link between files of the repository to the page of that file, or else to the file in the repository. A
 * link that leads nowhere stays as it is, and VitePress reports it.
 */
export function linkToPages(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("likeness-links", ({ tokens, env }) => {
    const from = dirname(String(env.path).slice(root.length));
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet("href");
      if (token.type === "link_open" && href !== null && !/^(?:[a-z]+:|#|\/)/i.test(href))
        token.attrSet("href", leadOn(from, href));
    }
  });
}

function leadOn(from: string, href: string): string {
  const [target = "", heading] = href.split("#");
  const path = join(from, decodeURI(target)).replaceAll("\\", "/").replace(/\/$/, "");
  const anchor = heading === undefined ? "" : `#${heading}`;
  const page = [path, join(path, "README.md").replaceAll("\\", "/")].find((each) => pages.includes(each));
  if (page !== undefined) return addressOf(page) + anchor;
  const file = join(root, path);
  if (!existsSync(file)) return href;
  return `${repository}/${statSync(file).isDirectory() ? "tree" : "blob"}/main/${path}${anchor}`;
}

/** The anchors that GitHub gives to headings, so that a link with one works in both places. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
