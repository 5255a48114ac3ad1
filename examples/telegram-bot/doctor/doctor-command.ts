import { atMost, found, runChecks, systemClock, type Check, type CheckUp } from "@likeness/core";
import { scrubber } from "../log/scrubber.ts";
import { readSettings } from "../settings/read-settings.ts";
import { nodeNetwork } from "./node-network.ts";
import { openParts, type Surroundings } from "./open-parts.ts";
import { sayFindings } from "./say-findings.ts";

/** What the doctor prints: 0 well, 1 something is broken, 2 it was called in a wrong way. */
export interface DoctorAnswer {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

const usage = "usage: npm run doctor -- [--json]";

/** Milliseconds in which what was opened has to be closed. */
const closingTime = 2_000;

/**
 * Looks whether everything that the bot needs is as it has to be. It needs no running bot, makes nothing that is missing, and
 * leaves nothing behind: the blob that it writes is deleted again.
 */
export async function doctor(
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  surroundings: Surroundings = { network: nodeNetwork },
): Promise<DoctorAnswer> {
  const [first, ...more] = parameters;
  if (more.length > 0 || (first !== undefined && first !== "--json")) return { lines: [usage], exitCode: 2 };
  const { checkUp, scrub } = await lookAround(environment, surroundings);
  const lines = first === "--json" ? [JSON.stringify(checkUp, null, 2)] : sayFindings(checkUp);
  return { lines: lines.map(scrub), exitCode: checkUp.broken ? 1 : 0 };
}

interface Looked {
  readonly checkUp: CheckUp;
  /** Removes secrets. */
  scrub(line: string): string;
}

async function lookAround(environment: NodeJS.ProcessEnv, surroundings: Surroundings): Promise<Looked> {
  const { clock = systemClock } = surroundings;
  const read = readSettings(environment);
  if (read.isErr()) {
    const checkUp = await runChecks({ clock }, [wrongSettings(read.error)]);
    return { checkUp, scrub: (line) => line };
  }
  const { checks, close } = await openParts(read.value, surroundings);
  const checkUp = await runChecks({ clock }, [rightSettings, ...checks]);
  await atMost(clock, closingTime, close());
  return { checkUp, scrub: scrubber(read.value.secrets) };
}

const rightSettings: Check = { name: "settings", look: async () => [found.ok("they are complete and valid")] };

const wrongSettings = (problems: readonly string[]): Check => ({
  name: "settings",
  look: async () => [
    ...problems.map((problem) => found.broken(problem, "see “Settings” in docs/deployment.md")),
    found.skipped("everything else is looked at when the settings are right"),
  ],
});
