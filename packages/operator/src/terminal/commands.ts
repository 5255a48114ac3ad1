import { resolve } from "node:path";
import { needNames, type Need, type OperatorCommands } from "@likeness/core";
import { acts, type ActName, type ActSubject } from "../acts.ts";
import { answer, failed, refused, type Answer } from "./answer.ts";
import { lines, type Block } from "./block.ts";
import type { OptionName, Options } from "./options.ts";
import { openToFile } from "./open-to-file.ts";
import { showInspection, showNeed } from "./show-inspection.ts";
import { showEntries, showOrder } from "./show-order.ts";
import { showStatistics } from "./show-statistics.ts";
import { quoted, visible } from "./visible.ts";

/** What a command works with. */
export interface CommandContext {
  readonly operator: OperatorCommands;
  /** Who acts. */
  readonly name: string;
  /** Where relative names of files begin. */
  readonly folder: string;
  /** How the command line is called, e.g. `npm run operator --`. */
  readonly program: string;
  readonly options: Options;
}

export interface Command {
  readonly says: string;
  /** What it takes, each once. */
  readonly words: readonly string[];
  readonly takes: readonly OptionName[];
  /** What is wrong with the call, beside the number of words and the options; looked at before anything is opened. */
  refuses?(words: readonly string[], options: Options): string | undefined;
  run(context: CommandContext, words: readonly string[]): Promise<Answer>;
}

const questions = {
  inspect: {
    says: "what waits, and the newest of what needs a person",
    words: [],
    takes: ["limit"],
    run: ({ operator, program, options }) =>
      operator
        .inspect(limitIn(options))
        .match((found) => answer(showInspection(found, program), found, found.needsPerson ? 1 : 0), failed),
  },
  list: {
    says: `one list of what needs a person: ${needNames.join(", ")}`,
    words: ["list"],
    takes: ["after", "limit"],
    refuses: ([word = ""]) =>
      needIn(word) ? undefined : `there is no list "${visible(word.slice(0, 100))}", only ${needNames.join(", ")}`,
    run: async ({ operator, program, options: { after, ...options } }, [word = ""]) => {
      const need = needIn(word) ?? "unknown";
      return operator
        .list<Need>({ need, after, ...limitIn(options) })
        .match((page) => answer(showNeed(need, page, program), page, page.items.length > 0 ? 1 : 0), failed);
    },
  },
  order: {
    says: "everything about one order, in the order of time",
    words: ["order id"],
    takes: [],
    run: ({ operator, program }, [orderId = ""]) =>
      operator.order({ orderId }).match((story) => answer(showOrder(story, program), story), failed),
  },
  statistics: {
    says: "success, durations, money and refused photos of some days",
    words: [],
    takes: ["from", "to"],
    run: ({ operator, options: { from, to } }) =>
      operator.statistics({ from, to }).match((found) => answer(showStatistics(found), found), failed),
  },
  actions: {
    says: "what operators did, newest first",
    words: [],
    takes: ["after", "limit"],
    run: ({ operator, program, options: { after, ...options } }) =>
      operator.actions({ after, ...limitIn(options) }).match((page) => {
        const next = page.next === undefined ? [] : [moreActions(program, page.next)];
        return answer([...orElse(showEntries(page.items, "What operators did"), "Nothing yet."), ...next], page);
      }, failed),
  },
} as const satisfies Record<string, Command>;

const openings = {
  "open-photo": {
    says: "somebody's photo, as it is trained with, into a file",
    words: ["photo id"],
    takes: ["file", "operator"],
    refuses: withoutFile,
    run: ({ operator, name, folder, options: { file = "" } }, [photoId = ""]) =>
      openToFile(resolve(folder, file), () => operator.openPhoto({ operator: name, photoId })),
  },
  "open-picture": {
    says: "somebody's picture into a file",
    words: ["picture id"],
    takes: ["file", "operator"],
    refuses: withoutFile,
    run: ({ operator, name, folder, options: { file = "" } }, [pictureId = ""]) =>
      openToFile(resolve(folder, file), () => operator.openPicture({ operator: name, pictureId })),
  },
} as const satisfies Record<string, Command>;

/** An act about what one word names. */
function acting(actName: ActName, says: string, word: string, type: ActSubject["type"]): Command {
  return {
    says,
    words: [word],
    takes: takenBy(actName),
    refuses: (_, options) => withoutYes(actName, options),
    run: (context, [id = ""]) => perform(context, actName, { type, id }),
  };
}

const dismissable = ["order", "delivery", "message", "job"] as const;

const actCommands: Readonly<Record<ActName, Command>> = {
  look: acting("look", "ask the provider for an order now", "order id", "order"),
  cancel: acting("cancel", "cancel an order, at the provider first", "order id", "order"),
  adopt: acting("adopt", "make an avatar ready with a late result", "training id", "order"),
  "copy-again": acting("copy-again", "copy what an order yielded, after it was given up", "order id", "order"),
  "send-again": acting("send-again", "send a message that was given up", "message id", "message"),
  refund: acting("refund", "give a payment back", "charge id", "payment"),
  revive: acting("revive", "run a dead job once more", "job id", "job"),
  dismiss: {
    says: `say that nothing is to be done about a row: ${dismissable.join(", ")}`,
    words: ["what", "id"],
    takes: takenBy("dismiss"),
    refuses: ([what], options) =>
      dismissable.some((name) => name === what)
        ? withoutYes("dismiss", options)
        : `dismiss takes ${dismissable.join(", ")} before the id`,
    run: (context, [what, id = ""]) =>
      perform(context, "dismiss", { type: dismissable.find((name) => name === what) ?? "order", id }),
  },
  "erase-owner": acting("erase-owner", "erase everything about an owner", "owner id", "owner"),
};

/** All commands, in the order in which they are told. */
export const commands: Readonly<Record<OperatorCommandName, Command>> = { ...questions, ...actCommands, ...openings };

export type OperatorCommandName = keyof typeof questions | ActName | keyof typeof openings;

export const isCommandName = (name: string): name is OperatorCommandName => Object.hasOwn(commands, name);

function takenBy(name: ActName): OptionName[] {
  return acts[name].warning === undefined ? ["operator"] : ["operator", "yes"];
}

/** What cannot be taken back is done only with `--yes`. */
function withoutYes(name: ActName, { yes }: Options): string | undefined {
  const { warning } = acts[name];
  return warning === undefined || yes ? undefined : `${warning} To do it, call it again with --yes`;
}

function withoutFile(_: readonly string[], { file = "" }: Options): string | undefined {
  return file === "" ? "name the file to write with --file FILE" : undefined;
}

const perform = (context: CommandContext, name: ActName, subject: ActSubject): Promise<Answer> =>
  acts[name]
    .perform(context.operator, context.name, subject)
    .match((outcome) => answer([lines(outcome.says)], outcome), refused);

const needIn = (word: string): Need | undefined => needNames.find((name) => name === word);

const limitIn = ({ limit }: Options): { readonly limit?: number } =>
  limit === undefined ? {} : { limit: Number(limit) };

const moreActions = (program: string, next: string): Block =>
  lines(`There are more: ${program} actions --after ${quoted(next)}`);

const orElse = (blocks: readonly Block[], nothing: string): readonly Block[] =>
  blocks.length > 0 ? blocks : [lines(nothing)];
