import { personId } from "../chat/telegram-chat.ts";
import type { Audience, Trouble, TroubleStage } from "./trouble.ts";

const busyMilliseconds = 60_000;
const tickMilliseconds = 1_000;

/** Telegram refuses the bot's messages with a flood wait, as it does for bots that send too many. */
export function keepTelegramBusy({ telegram }: Pick<TroubleStage, "telegram">, { changed, tell }: Audience): Trouble {
  const { control } = telegram.fake;
  let timer: NodeJS.Timeout | undefined;

  const end = (line: string): void => {
    clearTimeout(timer);
    timer = undefined;
    control.clearFaults();
    tell(line);
    changed();
  };
  const refuseUntil = (until: number): void => {
    const left = until - Date.now();
    if (left <= 0) return end("Healed: Telegram takes messages again, and the bot sends what waited.");
    control.clearFaults();
    control.fault({
      chatId: personId,
      untilCleared: true,
      answer: { error_code: 429, retry_after: Math.ceil(left / 1_000) },
    });
    timer = setTimeout(() => refuseUntil(until), tickMilliseconds).unref();
  };
  return {
    name: "telegram-busy",
    state: () => (timer ? "armed" : "off"),
    set: (wanted) => {
      if (wanted === (timer !== undefined)) return;
      if (!wanted) return end("Taken back: Telegram takes messages again.");
      tell("Telegram refuses the bot’s messages for a minute (429). The bot waits as long as it is told.");
      refuseUntil(Date.now() + busyMilliseconds);
      changed();
    },
  };
}
