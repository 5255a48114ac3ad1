import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Credits } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";

/** A call of the credits port that has been made. */
export interface CreditsEntry {
  readonly call: "reserve" | "capture" | "release";
  readonly orderId: string;
}

const fileIn = (folder: string): string => join(folder, "credits.jsonl");

/** Credits for everybody. Every call is a line in a file, which outlives the process. */
export function creditsLedger(folder: string): Credits {
  const note = (entry: CreditsEntry): ResultAsync<void, never> => {
    appendFileSync(fileIn(folder), `${JSON.stringify(entry)}\n`);
    return okAsync(undefined);
  };
  return {
    reserve: ({ id: orderId }) => note({ call: "reserve", orderId }),
    capture: (orderId) => note({ call: "capture", orderId }),
    release: (orderId) => note({ call: "release", orderId }),
  };
}

/** The calls of all processes, in their order. */
export const creditsIn = (folder: string): CreditsEntry[] =>
  existsSync(fileIn(folder))
    ? readFileSync(fileIn(folder), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line))
    : [];
