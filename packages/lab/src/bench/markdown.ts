import { markdownTable } from "markdown-table";
import { format } from "prettier";
import type { BenchDetails } from "./bench-part.ts";

/** A table as Markdown, with aligned columns for a terminal. */
export const tableOf = ({ header, lines }: Pick<BenchDetails, "header" | "lines">): string =>
  markdownTable([header, ...lines]);

export const formattedPage = (markdown: string): Promise<string> =>
  format(markdown, { parser: "markdown", printWidth: 120 });
