import type { Audience, Trouble, TroubleStage } from "./trouble.ts";

/** The bot's process ends without a last word. */
export function killBot({ bot }: Pick<TroubleStage, "bot">, { changed, tell }: Audience): Trouble {
  let killed = false;
  bot.subscribe(() => {
    changed();
    if (!killed || bot.status().state !== "running") return;
    killed = false;
    tell("Healed: the bot runs again and goes on with what its database holds.");
  });
  return {
    name: "bot-killed",
    state: () => (bot.status().state === "running" && !killed ? "off" : "busy"),
    set: (wanted) => {
      if (!wanted) return;
      killed = true;
      tell("The bot is killed (SIGKILL), whatever it was about to do.");
      bot.kill();
      changed();
    },
  };
}
