import { runCommand } from "./operator/run-command.ts";
import { showPaidWork, switchPaidWork } from "./paid-work/say-paid-work.ts";

/** `npm run paid-work -- on`, `off` or `show`: whether a running deployment takes new orders. */
await runCommand({ name: "paid-work", usage: "on|off|show", list: showPaidWork, act: switchPaidWork });
