import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { variables } from "../settings/variables.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

const page = read("../../../docs/deployment.md");

describe("docs/deployment.md", () => {
  it("shows every setting with its default", () => {
    const { properties = {}, required = [] } = z.toJSONSchema(variables, { io: "input", unrepresentable: "any" });
    const settings = Object.entries(properties).map(([name, schema]) => {
      const given = typeof schema === "object" ? schema.default : undefined;
      return [name, typeof given === "string" ? `\`${given}\`` : required.includes(name) ? "required" : "absent"];
    });
    const rows = page.matchAll(/^\| `([A-Z_]+)` +\|.*\| (\S+) +\|$/gm);
    expect([...rows].map(([, name, shown]) => [name, shown])).toStrictEqual(settings);
  });

  it.each([
    ["Dockerfile", "dockerfile"],
    ["likeness-bot.service", "ini"],
  ])("shows %s as it is", (file, language) => {
    expect(page).toContain(`\`\`\`${language}\n${read(file)}\`\`\``);
  });
});
