import type { Guards } from "@likeness/core";
import { actorOf, type AvatarChatOptions } from "@likeness/grammy";
import { providerName } from "./provider.ts";

export const peopleNeeds = {
  ALLOWED_USERS: {
    is: "the Telegram ids of the people who may use the bot, with commas between them",
    looksLike: /^\d+(\s*,\s*\d+)*$/,
  },
};

interface Rules {
  readonly guards: Guards;
  readonly about: AvatarChatOptions["about"];
}

/** Only the listed people may use the bot, and together they cannot spend more than 20 US dollars a day. */
export const rulesOf = ({ ALLOWED_USERS }: Readonly<Record<keyof typeof peopleNeeds, string>>): Rules => ({
  guards: { allowedOwners: ALLOWED_USERS.split(",").map((id) => actorOf(Number(id))), dailySpendCap: 20 },
  about: { service: providerName },
});
