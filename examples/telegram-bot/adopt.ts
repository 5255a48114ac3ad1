import { adoptAndSay } from "./adopt/adopt-and-say.ts";
import { sayLateResults } from "./adopt/say-late-results.ts";
import { runCommand } from "./operator/run-command.ts";

/** `npm run adopt -- <training id>`: the late result of a training counts after all. Without an id: a list of them. */
await runCommand({ name: "adopt", list: sayLateResults, act: adoptAndSay });
