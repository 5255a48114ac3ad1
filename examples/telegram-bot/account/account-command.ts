import { runOnDatabase, type Command } from "../operator/run-command.ts";
import { falUserId } from "../settings/fal-user-id.ts";
import { forgetAccount, nameAccount, showAccount } from "./say-account.ts";

/** `npm run account`. An id alone does nothing: a word that was typed wrong must not become the account that is trusted. */
export const accountCommand: Command = {
  usage: ["usage: npm run account -- show|forget|trust <account id>, e.g. trust github|12345678"],
  run: async ([verb = "show", account, ...more], environment, operator) => {
    if (more.length > 0 || (account === undefined) === (verb === "trust")) return "misused";
    switch (verb) {
      case "show":
        return runOnDatabase(environment, operator, showAccount);
      case "forget":
        return runOnDatabase(environment, operator, forgetAccount);
      case "trust":
        return account === undefined || !falUserId.safeParse(account).success
          ? "misused"
          : runOnDatabase(environment, operator, (context) => nameAccount(context, account));
      default:
        return "misused";
    }
  },
};
