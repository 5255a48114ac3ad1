import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEntries, type Entry, type Exported } from "./exports.ts";
import { root } from "./pages.ts";

/** Writes a page for each entry of a package. They are files because VitePress searches nothing else. */
export function writeReference(): void {
  const folder = join(root, "website/reference");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const entry of readEntries()) writeFileSync(join(folder, `${entry.slug}.md`), pageOf(entry));
}

const pageOf = ({ name, folder, exports }: Entry): string =>
  [
    "---\noutline: false\npageClass: reference\n---",
    `# ${name}`,
    `What \`${name}\` exports, from A to Z. How to begin with it: [its page](/${folder}/).`,
    ...exports.toSorted((one, other) => one.name.localeCompare(other.name, "en")).map(sectionOf),
    "",
  ].join("\n\n");

const sectionOf = ({ name, code, comment }: Exported): string =>
  [`## ${name}`, escapedOutsideCode(comment), `\`\`\`ts\n${code}\n\`\`\``].filter((part) => part !== "").join("\n\n");

/** A comment names types such as `Promise<Response>` without meaning HTML. */
const escapedOutsideCode = (text: string): string =>
  text
    .split(/(```[^]*?```|`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;") : part))
    .join("");
