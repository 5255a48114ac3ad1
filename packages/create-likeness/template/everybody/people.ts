import type { Guards } from "@likeness/core";
import type { AvatarChatOptions } from "@likeness/grammy";
import { providerName } from "./provider.ts";

export const peopleNeeds = {
  PRIVACY_URL: {
    is: "the address of your privacy policy, https://…, which a bot for everybody has to have",
    looksLike: /^https:\/\/\S+$/,
  },
};

interface Rules {
  readonly guards: Guards;
  readonly about: AvatarChatOptions["about"];
}

/** Everybody may use the bot, and together they cannot spend more than 20 US dollars a day. */
export const rulesOf = ({ PRIVACY_URL }: Readonly<Record<keyof typeof peopleNeeds, string>>): Rules => ({
  guards: { dailySpendCap: 20 },
  about: { service: providerName, privacyUrl: PRIVACY_URL },
});
