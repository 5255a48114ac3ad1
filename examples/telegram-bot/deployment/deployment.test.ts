import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

describe("a clone that was set up by docs/deployment.md", () => {
  const secret = [
    "bot.env",
    ".env",
    ".env.local",
    "bot.env.old",
    "bot.env~",
    ".bot.env.swp",
    "config/bot.env",
    ".envrc",
  ];

  it("has nothing secret or personal to commit", () => {
    const paths = [...secret, "data/likeness.db", "backup/likeness.dump", "backup/blobs/2c/f2/2cf2"];
    const cwd = fileURLToPath(new URL("../../..", import.meta.url));
    const { stdout } = spawnSync("git", ["check-ignore", "--no-index", ...paths], { cwd, encoding: "utf8" });
    expect(stdout.trim().split("\n")).toStrictEqual(paths);
  });

  it("puts nothing of that into an image", () => {
    const ignored = read("Dockerfile.dockerignore").trim().split("\n");
    expect(ignored).toStrictEqual(
      expect.arrayContaining(["**/*.env", "**/*.env.*", "**/*.env~", "**/.envrc", "**/data", "backup"]),
    );
  });
});
