import { manifest } from "./manifest.ts";

/** The lowest Node that runs what is written: it has to run TypeScript files. */
const [lowest = ""] = /\d+\.\d+/.exec(manifest.engines.node) ?? [];

/** Why no project is written with this version of Node, e.g. `20.20.2`, in a sentence; absent: it will run there. */
export function problemOfNode(version: string): string | undefined {
  const [[major = 0, minor = 0], [atLeast = 0, andMinor = 0]] = [numbersIn(version), numbersIn(lowest)];
  if (major > atLeast || (major === atLeast && minor >= andMinor)) return undefined;
  return `The bot needs Node ${lowest} or newer, and this is ${version}: https://nodejs.org/en/download`;
}

const numbersIn = (version: string): number[] => version.split(".").map(Number);
