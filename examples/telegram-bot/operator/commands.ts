import { accountCommand } from "../account/account-command.ts";
import { adoptAndSay } from "../adopt/adopt-and-say.ts";
import { sayLateResults } from "../adopt/say-late-results.ts";
import { backupCommand } from "../backup/backup-command.ts";
import { restoreCommand } from "../backup/restore-command.ts";
import { copyAndSay } from "../copy/copy-and-say.ts";
import { sayUncopied } from "../copy/say-uncopied.ts";
import { creditsCommand } from "../credits/credits-command.ts";
import { moveCommand } from "../move/move-command.ts";
import { showPaidWork, switchPaidWork } from "../paid-work/say-paid-work.ts";
import { sayReceipt } from "../receipt/say-receipt.ts";
import { refundAndSay } from "../refund/refund-and-say.ts";
import { sayPayments } from "../refund/say-payments.ts";
import { trainingUsage } from "./list-trainings.ts";
import { oneWordCommand, runOnDatabase, type Command } from "./run-command.ts";

/** The operator's commands by their names: `npm run <name>`. Each has a program of that name, which only calls it. */
export const commands = {
  /** Shows, names or forgets the account at fal whose webhooks are taken. */
  account: accountCommand,
  /** Adopts the late result of a training. Without an id: lists the late results. */
  adopt: oneWordCommand({ name: "adopt", usage: trainingUsage, list: sayLateResults, act: adoptAndSay }),
  /** Saves database and files in a folder, while the bot runs. */
  backup: backupCommand,
  /** Copies a training's model again. Without an id: lists the models that are not copied. */
  copy: oneWordCommand({ name: "copy", usage: trainingUsage, list: sayUncopied, act: copyAndSay }),
  /** Shows what an owner has, and gives or takes credits. */
  credits: creditsCommand,
  /** Moves a bot's database from SQLite to PostgreSQL. */
  move: moveCommand,
  /** Switches whether a running deployment takes new orders. */
  "paid-work": oneWordCommand({ name: "paid-work", usage: "on|off|show", list: showPaidWork, act: switchPaidWork }),
  /** Shows what an erasure has done, for somebody who asks with the number of their receipt. */
  receipt: {
    usage: ["usage: npm run receipt -- <id of the receipt>"],
    run: async ([receiptId, ...more], environment, operator) =>
      receiptId === undefined || more.length > 0
        ? "misused"
        : runOnDatabase(environment, operator, (context) => sayReceipt(context, receiptId)),
  },
  /** Puts a backup where a bot that does not run has its data. */
  restore: restoreCommand,
  /** Gives a payment back. Without an id: lists the payments that need an operator. */
  refund: oneWordCommand({
    name: "refund",
    usage: "<charge id>, or without an id for a list",
    list: sayPayments,
    act: refundAndSay,
  }),
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;
