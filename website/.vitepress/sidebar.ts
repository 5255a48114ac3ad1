import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";
import { readEntries } from "./exports.ts";
import { addressOf, pages, root } from "./pages.ts";

const titleOf = (path: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(root, path), "utf8"))?.[1]?.replaceAll("`", "") ?? path;
const item = (path: string): DefaultTheme.SidebarItem => ({ text: titleOf(path), link: addressOf(path) });
const docs = (...names: readonly string[]) => names.map((name) => item(`docs/${name}.md`));
const all = (pattern: RegExp) => pages.filter((path) => pattern.test(path)).map(item);

export const sidebar: DefaultTheme.SidebarItem[] = [
  { text: "Start", items: [item("README.md"), ...docs("getting-started", "recipes")] },
  {
    text: "Guides",
    items: docs(
      "telegram",
      "images",
      "credits",
      "stars",
      "privacy",
      "languages",
      "webhooks",
      "serverless",
      "persistence",
    ),
  },
  { text: "Concepts", items: docs("architecture", "lifecycle", "reliability", "glossary") },
  { text: "Operations", items: docs("deployment", "operator") },
  {
    text: "Indexes",
    items: [...docs("errors", "events"), { text: "Settings", link: "/docs/deployment#settings" }],
  },
  { text: "Packages", collapsed: true, items: all(/^packages\//) },
  { text: "Examples", collapsed: true, items: all(/^examples\//) },
  {
    text: "Reference",
    collapsed: true,
    items: readEntries().map(({ slug, name }) => ({ text: name, link: `/reference/${slug}` })),
  },
  {
    text: "Contributing",
    collapsed: true,
    items: docs("contributing", "writing-an-adapter", "benchmarks", "test-times"),
  },
  { text: "Decisions", collapsed: true, items: all(/^docs\/decisions\//) },
];

const shown = JSON.stringify(sidebar);
const missing = pages.filter((path) => !shown.includes(JSON.stringify(addressOf(path))));
if (missing.length > 0) throw new Error(`website/.vitepress/sidebar.ts has no place for ${missing.join(", ")}`);
