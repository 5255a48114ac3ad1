import type { Audience, Killable, Trouble } from "./trouble.ts";

/** Kills a bot's process. */
export function killBot(bot: Killable, { changed, tell }: Audience): Trouble {
  const { name } = bot.status();
  let killed = false;
  bot.subscribe(() => {
    const healed = killed && bot.status().state === "running";
    if (healed) killed = false;
    changed();
    if (healed) tell(`Healed: ${name ?? "the bot"} runs again and goes on with what its database holds.`);
  });
  return {
    name: "bot-killed",
    bot: name,
    state: () => (bot.status().state === "running" && !killed ? "off" : "busy"),
    set: (wanted) => {
      if (!wanted) return;
      killed = true;
      tell(`${name ?? "The bot"} is killed (SIGKILL), whatever it was about to do.`);
      bot.kill();
      changed();
    },
  };
}
