import { readFileSync } from "node:fs";

type File = "sqlite" | "postgres" | "rows" | "jobs";

const statementsIn = (file: File): string[] =>
  readFileSync(new URL(`${file}.sql`, import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean);

/**
 * The statements by which version 0.1.0, whose tables had no prefix, created its tables up to a step and then a row of
 * every kind in every status.
 */
export function formerStatements(engine: "sqlite" | "postgres", lastStep: string): string[] {
  const tables = statementsIn(engine);
  const end = tables.findIndex((statement) => statement.includes(`values ('${lastStep}'`));
  const rows = [...statementsIn("rows"), ...(engine === "sqlite" ? statementsIn("jobs") : [])];
  // Updates of Telegram, which are about no training, came with the second step.
  const storable = rows.filter((row) => lastStep > "0002" || !row.includes("'telegram'"));
  return [...tables.slice(0, end + 1), ...storable];
}
