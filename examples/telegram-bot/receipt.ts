import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run receipt -- <id>`: what an erasure has done, for somebody who asks with the number of their receipt. */
await runAsProgram(commands.receipt);
