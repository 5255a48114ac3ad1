import { ok, safeTry, type Result } from "neverthrow";
import { engines, type EngineName } from "./engines/engines.ts";
import { killPoints, type KillPoint } from "./kill-points.ts";
import { kinds, type KindName } from "./kinds.ts";
import { vendors } from "./vendors/vendors.ts";
import type { VendorName } from "./vendors/vendor.ts";
import { newSeed, readNames, readNumber, readWords, type NoStart } from "./options.ts";

const usage = `npm run crash -- [options]

Kills a process at every point of an order while its provider behaves in every way, and with fal at every point of a payment
and of the erasure of a person, and looks at what is left.

  --engine sqlite|postgres   one database only; both by default
  --provider replicate       the provider of the orders, fal or replicate; fal by default
  --kind training            one kind only, of ${Object.keys(kinds).join(", ")}; all by default
  --only P3                  one kill point only; all by default
  --seed 42                  the order of the cells and the times that the provider takes; a new one by default
  --parallel 6               cells at once; 2 by default

The kill points:
${Object.entries(killPoints)
  .map(([point, { where }]) => `  ${point.padEnd(3)}  ${where}`)
  .join("\n")}

Exit code: 0 when every invariant holds, 1 when not, 2 for a wrong option, 130 when interrupted.`;

const options = {
  engine: { type: "string" },
  provider: { type: "string" },
  kind: { type: "string" },
  only: { type: "string" },
  seed: { type: "string" },
  parallel: { type: "string" },
} as const;

export interface CrashOptions {
  readonly engines: readonly EngineName[];
  readonly vendors: readonly VendorName[];
  readonly kinds: readonly KindName[];
  readonly points: readonly KillPoint[];
  readonly seed: number;
  readonly parallel: number;
}

export const readCrashOptions = (words: readonly string[]): Result<CrashOptions, NoStart> =>
  safeTry(function* () {
    const given = yield* readWords(usage, options, words);
    return ok({
      seed: yield* readNumber("seed", given.seed, newSeed()),
      parallel: yield* readNumber("parallel", given.parallel, 2),
      points: yield* readNames("only", killPoints, given.only),
      kinds: yield* readNames("kind", kinds, given.kind),
      vendors: yield* readNames("provider", vendors, given.provider ?? "fal"),
      engines: yield* readNames("engine", engines, given.engine),
    });
  });
