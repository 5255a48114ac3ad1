import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("reliability.md", import.meta.url), "utf8");

/** Faults by group: killed processes, database, fal, webhooks, clock, Telegram, zombies, shutdown, money, erasures. */
const faults = [
  ..."P0a P0 P1 P1b P1c P1d P2 P3 P3b P4 P4a P4b P5 P6 P7 P8 P8a P8b P8c P8d P8e P8f P8g P8h P8i P8j P8k P8l P8m P8n P9a P9".split(
    " ",
  ),
  ..."D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 F1 F2 F3 F4 F5 F6 F7 F8".split(" "),
  ..."W1 W2 W3 W4 W5 W6 W7 W8 C1 C2 T1 T2 T3 T4 Z1 Z2 S1".split(" "),
  ...Array.from({ length: 21 }, (_, index) => `M${index + 1}`),
  ...Array.from({ length: 18 }, (_, index) => `E${index + 1}`),
];

const rows = [...page.matchAll(/^\| ([PDFWCTZSME]\d+[a-z]?) +\|.*\| (.*) \|$/gm)].map(([, fault = "", links = ""]) => ({
  fault,
  names: [...links.matchAll(/\[([^\]]+)\]/g)].map(([, name = ""]) => name),
}));

const paths = new Map([...page.matchAll(/^\[(\w+)\]: (\S+)$/gm)].map(([, name = "", path = ""]) => [name, path]));

describe("docs/reliability.md", () => {
  it("has every fault once", () => {
    expect(rows.map(({ fault }) => fault)).toStrictEqual(faults);
  });

  it.each(rows)("names files with tests of $fault", ({ fault, names }) => {
    expect(names).not.toStrictEqual([]);
    for (const name of names) {
      const source = readFileSync(new URL(paths.get(name) ?? "nowhere", import.meta.url), "utf8");
      // A test of the name, a cell of the matrix, or a point of it.
      expect(source).toMatch(new RegExp(`"(${fault}: .+|${fault}", behaviour: .+)|^  ${fault}: {( where: .*)?$`, "m"));
    }
  });
});
