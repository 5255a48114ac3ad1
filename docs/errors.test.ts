import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync(new URL("errors.md", import.meta.url), "utf8");

/** Compiled with the page's other code, so it names every error and no other. */
const [, statuses = ""] = /const statuses = \{\n(.*?)\n\} as const/s.exec(page) ?? [];
const all = [...statuses.matchAll(/^ {2}"?([a-z-]+)"?: \d+,$/gm)].map(([, type]) => type);

it("the table of docs/errors.md names the errors that there are", () => {
  const rows = page.match(/^\| `[a-z]+\.\w+` .*$/gm) ?? [];
  const named = rows.flatMap((row) =>
    [
      ...row
        .split("|")
        .slice(2)
        .join()
        .matchAll(/`([a-z-]+)`/g),
    ].map(([, type]) => type),
  );
  expect(new Set([...named, "storage-failure"])).toStrictEqual(new Set(all));
});
