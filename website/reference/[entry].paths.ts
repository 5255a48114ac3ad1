import { readEntries, type Entry, type Exported } from "../.vitepress/exports.ts";

export default {
  watch: ["../../packages/*/api/*.api.md"],
  paths: () => readEntries().map((entry) => ({ params: { entry: entry.slug }, content: pageOf(entry) })),
};

const pageOf = ({ name, folder, exports }: Entry): string =>
  [
    `# ${name}`,
    `What \`${name}\` exports, from A to Z. How to begin with it: [its page](/${folder}/).`,
    ...exports.toSorted((one, other) => one.name.localeCompare(other.name, "en")).map(sectionOf),
  ].join("\n\n");

const sectionOf = ({ name, code, comment }: Exported): string =>
  [`## ${name}`, escapedOutsideCode(comment), `\`\`\`ts\n${code}\n\`\`\``].filter((part) => part !== "").join("\n\n");

/** A comment names types such as `Promise<Response>` without meaning HTML. */
const escapedOutsideCode = (text: string): string =>
  text
    .split(/(```[^]*?```|`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;") : part))
    .join("");
