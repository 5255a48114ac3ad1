import { adoptAndSay } from "./adopt/adopt-and-say.ts";
import { sayLateResults } from "./adopt/say-late-results.ts";
import { trainingUsage } from "./operator/list-trainings.ts";
import { runCommand } from "./operator/run-command.ts";

/** `npm run adopt -- <training id>`: adopts the late result of a training. Without an id: lists the late results. */
await runCommand({ name: "adopt", usage: trainingUsage, list: sayLateResults, act: adoptAndSay });
