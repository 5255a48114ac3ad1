import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run account`, `… -- forget` or `… -- trust <account id>`: whose webhooks of fal are taken. */
await runAsProgram(commands.account);
