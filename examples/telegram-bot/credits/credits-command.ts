import { misused } from "../operator/answer.ts";
import { runOnDatabase, type Command, type Reply } from "../operator/run-command.ts";
import { giveAndSay } from "./give-and-say.ts";
import { readRequest, usage } from "./read-request.ts";
import { showAndSay } from "./show-and-say.ts";

/** Needs a database only for what it does there, not to explain itself. */
export const creditsCommand: Command = {
  usage,
  // An amount that is taken.
  dashed: /^-\d/,
  run: (words, environment, operator) =>
    readRequest(words).match(
      async (request): Promise<Reply> => {
        switch (request.type) {
          case "help":
            return { lines: usage, exitCode: 0 };
          case "show":
            return runOnDatabase(environment, operator, (context) => showAndSay(context, request.ownerId));
          case "give":
            return runOnDatabase(environment, operator, (context) => giveAndSay(context, request.adjustment));
        }
      },
      async (problems) => misused(problems),
    ),
};
