import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run paid-work -- on`, `off` or `show`: whether a running deployment takes new orders. */
await runAsProgram(commands["paid-work"]);
