import { createLikeness, found, orThrow, type Check } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { testPorts } from "../fakes/test-ports.ts";

describe("likeness.operator.check", () => {
  it("gathers the checks of ports and host, and runs the cheap ones alone on demand", async () => {
    const { ports } = testPorts();
    const provider = {
      ...ports.provider,
      checks: ({ profiles, recipes }: { profiles?: object; recipes?: object }) => [
        {
          name: "key",
          look: async () => [
            found.ok([profiles, recipes].map((given) => Object.keys(given ?? {}).join(",")).join(" ")),
          ],
        },
      ],
    };
    const checks: Check[] = [{ name: "own", cheap: true, look: async () => [found.warning("hm", "look")] }];
    const { operator } = createLikeness({ ...ports, provider, checks });
    const all = await orThrow(operator.check());
    expect(all.findings.map(({ check, verdict, what }) => `${check} ${verdict} ${what}`)).toStrictEqual([
      "database ok it answers",
      "jobs ok 0 wait, 0 run, none was given up",
      "blobs ok written, read back and deleted",
      "key ok portrait,style image,variation,upscale",
      "public address skipped the address of this host cannot be checked",
      "own warning hm",
    ]);
    const cheap = await orThrow(operator.check({ cheap: true }));
    expect(cheap.findings.map(({ check }) => check)).toStrictEqual(["database", "blobs", "own"]);
  });
});
