import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { expect, it, onTestFinished } from "vitest";
import { root } from "./checks/markdown-files.ts";

const page = readFileSync(join(root, "docs/telegram.md"), "utf8");
const [, program = ""] = /^```ts\n(.*?)^```$/ms.exec(page) ?? [];
const [before = "", added = "", after = ""] = program.split("// ---\n");

/** What Ada does instead of the few steps of the page: the whole way to a trained avatar. */
const journey = `
const drawn = (seed: number) => {
  let state = seed * 7919;
  const random = (limit: number) => (state = (state * 48271) % 2147483647) % limit;
  const tiles = Array.from({ length: 40 }, () => {
    const [x, y, side, hue, light] = [random(900), random(1200), 80 + random(300), random(360), 10 + random(80)];
    return \`<rect x="\${x - 100}" y="\${y - 100}" width="\${side}" height="\${side}" fill="hsl(\${hue} 60% \${light}%)"/>\`;
  });
  const svg = \`<svg xmlns="http://www.w3.org/2000/svg" width="540" height="720" viewBox="0 0 900 1200">\${tiles.join("")}</svg>\`;
  return sharp(Buffer.from(svg)).flatten({ background: "#888" }).jpeg().toBuffer();
};
const ada = telegramServer.control.person(42, { firstName: "Ada" });
const said = () => ada.chat().flatMap(({ from, text, caption }) => (from === "bot" ? [text ?? caption ?? ""] : []));
const until = async (words: RegExp) => {
  while (!said().some((text) => words.test(text))) await new Promise((resolve) => setTimeout(resolve, 50));
};
const presses = async (start: string) => {
  for (;;) {
    const found = ada.chat().flatMap(({ buttons }) => buttons.flat()).findLast(({ data }) => data?.startsWith(start));
    if (found?.data !== undefined) return void (await ada.presses({ data: found.data }).answer);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
ada.says("/start");
for (const press of ["v1:kind:portrait", "v1:gender:female"]) await presses(press);
await until(/name/i);
ada.says("Grace");
for (const press of ["v1:tick:photos", "v1:tick:adult", "v1:agree"]) await presses(press);
await until(/now send/i);
ada.sendsAlbum(await Promise.all(Array.from({ length: 10 }, async (_, photo) => ({ bytes: await drawn(photo + 1) }))));
await until(/That is enough/);
for (const press of ["v1:continue", "v1:train-balanced"]) await presses(press);
await until(/Grace.* is ready/s);
console.log("trained");
process.exit(0);
`;

it("takes fifteen lines to embed, which name nothing twice that a host composes", () => {
  const lines = added.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(15);
  for (const port of ["store", "queue", "clock", "log", "profiles:", "blobs:", "bot.api"])
    expect(added.split(port).length - 1, port).toBeLessThanOrEqual(1);
});

it("trains an avatar with these lines, on a real database, files and photos", async () => {
  const folder = mkdtempSync(join(root, ".snippets-"));
  const cwd = mkdtempSync(join(tmpdir(), "likeness-embedding-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    rmSync(cwd, { recursive: true });
  });
  const file = join(folder, "embedding.ts");
  const [host = ""] = after.split("const ada = ");
  writeFileSync(file, `process.chdir(${JSON.stringify(cwd)});\n${[before, added, host].join("")}${journey}`);
  const { ended } = runProgram(file, { env: { PATH: process.env["PATH"] }, onTestFinished });
  const { code, output, errors } = await ended;
  expect({ code, output }, errors).toStrictEqual({ code: 0, output: "trained\n" });
});
