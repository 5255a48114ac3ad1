import { ok, safeTry, type Result } from "neverthrow";
import { engines, type EngineName } from "./engines/engines.ts";
import type { VendorName } from "./vendors/vendor.ts";
import { vendors } from "./vendors/vendors.ts";
import { newSeed, readNames, readNumber, readWords, type NoStart } from "./options.ts";

const usage = `npm run soak -- [options]

Kills three replicas at random while the provider, Telegram and PostgreSQL are in trouble, and looks at what is left.

  --minutes 5                for each database; 2 by default
  --seed 42                  the plan of orders, kills and troubles; a new one by default
  --engine sqlite|postgres   one database only; both by default
  --provider replicate       the provider of the orders, fal or replicate; fal by default

Exit code: 0 when every invariant holds, 1 when not, 2 for a wrong option, 130 when interrupted.`;

const options = {
  minutes: { type: "string" },
  seed: { type: "string" },
  engine: { type: "string" },
  provider: { type: "string" },
} as const;

export interface SoakOptions {
  readonly engines: readonly EngineName[];
  readonly vendors: readonly VendorName[];
  readonly seed: number;
  readonly seconds: number;
}

export const readSoakOptions = (words: readonly string[]): Result<SoakOptions, NoStart> =>
  safeTry(function* () {
    const given = yield* readWords(usage, options, words);
    return ok({
      seed: yield* readNumber("seed", given.seed, newSeed()),
      seconds: 60 * (yield* readNumber("minutes", given.minutes, 2)),
      vendors: yield* readNames("provider", vendors, given.provider ?? "fal"),
      engines: yield* readNames("engine", engines, given.engine),
    });
  });
