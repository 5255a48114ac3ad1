import { leaveWith } from "./leave.ts";
import { runOnDatabase } from "./operator/run-command.ts";
import { sayReceipt } from "./receipt/say-receipt.ts";

/** `npm run receipt -- <id>`: what an erasure has done, for somebody who asks with the number of their receipt. */
const [receiptId, ...more] = process.argv.slice(2);
if (receiptId === undefined || more.length > 0) leaveWith(["usage: npm run receipt -- <id of the receipt>"]);
else await runOnDatabase((context) => sayReceipt(context, receiptId));
