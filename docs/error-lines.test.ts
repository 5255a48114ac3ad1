import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("..", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

const programs = globSync(["packages/*/src/**/*.ts", "examples/telegram-bot/**/*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.ts$|__fixtures__|\/testing\/|packages\/(?:lab|testing|test-postgres|test-processes)\//.test(path),
);

/** The last argument of a call, where it is a text of its own. */
const literal = /\blog\.error\([^;]*?"([^"]+)",?\s*\)/g;

/** Where the text is chosen before the call. */
const chosen: readonly (readonly [path: string, text: RegExp])[] = [
  ["packages/core/src/webhooks/process-delivery.ts", /^ {2}\w+: "([^"]+)",$/gm],
  ["packages/core/src/messages/send-notification.ts", /"(a message [^"]+)"/g],
];

const found = (source: string, text: RegExp): string[] => [...source.matchAll(text)].flatMap(([, said]) => said ?? []);

it("docs/deployment.md says of every line at error what to do, and of no other", () => {
  const lines = new Set([
    ...programs.flatMap((path) => found(read(path), literal)),
    ...chosen.flatMap(([path, text]) => found(read(path), text)),
  ]);
  const [, section = ""] = /### Errors\n(.*?)\n##/s.exec(read("docs/deployment.md")) ?? [];
  const documented = found(section, /^\| `([^`]+)` +\| .{15}/gm).filter((text) => text !== "msg");
  expect(new Set(documented)).toStrictEqual(lines);
  expect(documented).toHaveLength(lines.size);
});
