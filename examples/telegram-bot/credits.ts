import { giveAndSay } from "./credits/give-and-say.ts";
import { readRequest, usage } from "./credits/read-request.ts";
import { showAndSay } from "./credits/show-and-say.ts";
import { leaveWith } from "./leave.ts";
import { runOnDatabase } from "./operator/run-command.ts";

/** `npm run credits`: shows what an owner has, and gives or takes credits. */
const request = readRequest(process.argv.slice(2)).match((read) => read, leaveWith);
switch (request.type) {
  case "help":
    process.stdout.write(`${usage.join("\n")}\n`);
    break;
  case "show":
    await runOnDatabase((context) => showAndSay(context, request.ownerId));
    break;
  case "give":
    await runOnDatabase((context) => giveAndSay(context, request.adjustment));
    break;
}
