import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { readCrashOptions } from "./crash-options.ts";
import { readSoakOptions } from "./soak-options.ts";

const read = { crash: readCrashOptions, soak: readSoakOptions };

describe("the options of the commands", () => {
  it.each<["crash" | "soak", string, string]>([
    ["crash", "--seed abc", "--seed must be a positive whole number"],
    [
      "crash",
      "--only P77",
      "--only must be one of P0a, P0, P1, P1b, P1c, P1d, P2, P3, P3b, P4, P4a, P4b, P6, P5, P7, P8, P8a, P8b, P8c, P8d, P8e, P8f, P8g, P8h, P8i, P8j, P8k, P8l, P8m, P8n, P9a, P9, M1, M2, M3, M4, M5, M6, M7, M8, M9, M10, M11, M12, M13, M14, M15, M16, M17, M18, M19, M20, M21, E1, E2, E3, E4, E5, E6, E7, E8, E9, E10, E11, E12, E13, E14, E15, E16, E17, E18",
    ],
    ["crash", "--engine mysql", "--engine must be one of sqlite, postgres"],
    ["crash", "--provider astria", "--provider must be one of fal, replicate"],
    [
      "crash",
      "--kind photo",
      "--kind must be one of training, image, variation, upscale, first-look, gone-link, payment, erasure",
    ],
    ["crash", "--parallel 0", "--parallel must be a positive whole number"],
    ["crash", "--nothing", "Unknown option '--nothing'; --help tells what there is"],
    ["crash", "P3", "Unexpected argument 'P3'; --help tells what there is"],
    ["soak", "--provider astria", "--provider must be one of fal, replicate"],
    ["soak", "--minutes 0", "--minutes must be a positive whole number"],
    ["soak", "--seed", "Option '--seed <value>' argument missing; --help tells what there is"],
    ["soak", "--seed -1", "Option '--seed' argument is ambiguous; --help tells what there is"],
  ])("of %s cannot be %s", (command, words, problem) => {
    expect(read[command](words.split(" "))).toStrictEqual(err({ type: "wrong-option", problem }));
  });

  it.each(["crash", "soak"] as const)("of %s are told", (command) => {
    const usage: unknown = expect.stringMatching(new RegExp(`^npm run ${command} -- .*--seed.*Exit code`, "s"));
    for (const word of ["--help", "-h"]) expect(read[command]([word])).toStrictEqual(err({ type: "help", usage }));
  });

  it("are all when nothing is chosen, or what is", () => {
    expect(
      readCrashOptions("--only P3 --kind image --engine sqlite --provider replicate --seed 7 --parallel 3".split(" ")),
    ).toStrictEqual(
      ok({ seed: 7, parallel: 3, points: ["P3"], kinds: ["image"], vendors: ["replicate"], engines: ["sqlite"] }),
    );
    expect(readSoakOptions(["--seed", "7"])).toStrictEqual(
      ok({ seed: 7, seconds: 120, engines: ["sqlite", "postgres"], vendors: ["fal"] }),
    );
  });
});

describe.concurrent("the commands", { timeout: 300_000 }, () => {
  /** Runs a command that is to end before it has begun. */
  const ended = (command: "crash" | "soak", parameters: readonly string[]) =>
    runProgram(fileURLToPath(new URL(`${command}.ts`, import.meta.url)), { parameters }).ended;

  it("end with one line when an option is wrong", async () => {
    const errors = "--parallel must be a positive whole number\n";
    expect(await ended("crash", ["--parallel", "0"])).toMatchObject({ code: 2, output: "", errors });
  });

  it("tell what they take", async () => {
    const { code, output, errors } = await ended("soak", ["--help"]);
    expect([code, errors]).toStrictEqual([0, ""]);
    expect(output).toMatch(/^npm run soak -- .*--seed.*Exit code/s);
  });
});
