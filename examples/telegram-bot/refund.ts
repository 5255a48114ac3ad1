import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run refund -- <charge id>`: gives a payment back. Without an id: lists the payments that need an operator. */
await runAsProgram(commands.refund);
