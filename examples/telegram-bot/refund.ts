import { leaveWith } from "./leave.ts";
import { runOnDatabase } from "./operator/run-command.ts";
import { refundAndSay } from "./refund/refund-and-say.ts";
import { sayPayments } from "./refund/say-payments.ts";

/** `npm run refund -- <charge id>`: gives a payment back. Without an id: lists the payments that need an operator. */
const [chargeId, ...more] = process.argv.slice(2);
if (more.length > 0) leaveWith(["usage: npm run refund -- <charge id>, or without an id for a list"]);
await runOnDatabase((context) => (chargeId === undefined ? sayPayments(context) : refundAndSay(context, chargeId)));
