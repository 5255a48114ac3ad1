import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { describe, expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("__fixtures__/ending-program.ts", import.meta.url));

/** Runs the program until it is up. */
async function up(way: string) {
  const running = runProgram(program, { parameters: [way], env: {}, onTestFinished });
  await running.said(/^up$/m);
  const outcome = async () => {
    const { code, output, errors } = await running.ended;
    return { code, output: output.split("\n").slice(1, -1), errors };
  };
  return { ...running, outcome };
}

describe("shutdownOnSignals", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("takes the steps of the end backwards after %s", async (signal) => {
    const { child, outcome } = await up("well");
    child.kill(signal);
    expect(await outcome()).toStrictEqual({ code: 0, output: ["the end begins", "second", "first"], errors: "" });
  });

  it("goes on after a step that fails, and says so with its exit code", async () => {
    const { child, outcome } = await up("failing");
    child.kill("SIGTERM");
    expect(await outcome()).toStrictEqual({ code: 1, output: ["the end begins", "first"], errors: "" });
  });

  it("ends at once after a second signal", async () => {
    const { child, said, outcome } = await up("stuck");
    child.kill("SIGINT");
    await said(/the end begins/);
    child.kill("SIGTERM");
    expect(await outcome()).toStrictEqual({ code: 1, output: ["the end begins"], errors: "" });
  });

  it("lets nothing that the end interrupts get in its way", async () => {
    const { child, outcome } = await up("complaining");
    child.kill("SIGTERM");
    expect(await outcome()).toStrictEqual({ code: 0, output: ["the end begins", "second", "first"], errors: "" });
  });

  it("ends with one line, without secrets, after an uncaught error", async () => {
    const { outcome } = await up("crashing");
    expect(await outcome()).toStrictEqual({ code: 1, output: [], errors: "(secret), nobody caught me\n" });
  });
});
