import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, type MarkdownFile } from "./markdown-files.ts";

/** The links of a page, to files or headings of the repository, that lead nowhere. */
export const brokenLinks = ({ path, text }: MarkdownFile): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/i.test(link))
    .filter((link) => {
      const [target = "", heading] = link.split("#");
      const file = target === "" ? join(root, path) : join(root, dirname(path), target);
      return !existsSync(file) || (heading !== undefined && !anchorsOf(readFileSync(file, "utf8")).includes(heading));
    });

const withoutCode = (text: string): string => text.replace(/^```.*?^```$/gms, "").replace(/`[^`\n]*`/g, "");

/** As GitHub makes them: lower case, no punctuation, hyphens for spaces. */
const anchorsOf = (text: string): string[] =>
  [...text.replace(/^```.*?^```$/gms, "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
