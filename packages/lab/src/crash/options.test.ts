import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { describe, expect, it } from "vitest";

/** Runs a command that is to end before it has begun. */
const ended = (command: "crash" | "soak", parameters: readonly string[]) =>
  runProgram(fileURLToPath(new URL(`${command}.ts`, import.meta.url)), { parameters }).ended;

describe.concurrent("the commands", { timeout: 60_000 }, () => {
  it.for<["crash" | "soak", string, string]>([
    ["crash", "--seed abc", "--seed must be a positive whole number"],
    [
      "crash",
      "--only P77",
      "--only must be one of P0a, P0, P1, P1b, P1c, P1d, P2, P3, P3b, P4, P4a, P4b, P6, P5, P7, P8, P8a, P8b, P8c, P8d, P8e, P8f, P8g, P8h, P8i, P8j, P8k, P8l, P8m, P8n, P9a, P9",
    ],
    ["crash", "--engine mysql", "--engine must be one of sqlite, postgres"],
    ["crash", "--kind photo", "--kind must be one of training, image, variation, upscale, first-look, gone-link"],
    ["crash", "--parallel 0", "--parallel must be a positive whole number"],
    ["crash", "--nothing", "Unknown option '--nothing'; --help tells what there is"],
    ["crash", "P3", "Unexpected argument 'P3'; --help tells what there is"],
    ["soak", "--minutes 0", "--minutes must be a positive whole number"],
    ["soak", "--seed", "Option '--seed <value>' argument missing; --help tells what there is"],
    ["soak", "--seed -1", "Option '--seed' argument is ambiguous; --help tells what there is"],
  ])("end %s %s with one line", async ([command, words, line]) => {
    expect(await ended(command, words.split(" "))).toMatchObject({ code: 2, output: "", errors: `${line}\n` });
  });

  it.for(["crash", "soak"] as const)("tell what %s takes", async (command) => {
    const { code, output, errors } = await ended(command, ["--help"]);
    expect([code, errors]).toStrictEqual([0, ""]);
    expect(output).toMatch(new RegExp(`^npm run ${command} -- .*--seed.*Exit code`, "s"));
  });
});
