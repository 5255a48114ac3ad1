import { InlineKeyboard } from "grammy";
import type { ResultAsync } from "neverthrow";
import type { Person } from "../chat/chat-ports.ts";
import type { ChatError } from "../chat/press.ts";
import { showMessage } from "../chat/show-message.ts";
import { shopData } from "./shop-data.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** `/buy`: one button for each package. */
export function showPackages(ports: ShopPorts, person: Person): ResultAsync<void, ChatError> {
  const { packages, say, terms, unit } = ports;
  const { locale } = person;
  if (!ports.allows(person)) return showMessage(ports, person, say(locale, "not-allowed")).map(() => undefined);
  if (packages.length === 0) return showMessage(ports, person, say(locale, "shop.empty")).map(() => undefined);
  const keyboard = InlineKeyboard.from(
    packages.map(({ credits, stars }) => [
      InlineKeyboard.text(
        say(locale, "button.package", { credits: { amount: credits, unit }, stars }),
        shopData({ verb: "buy", credits, stars }),
      ),
    ]),
  );
  return showMessage(ports, person, say(locale, "shop.prompt", { terms }), { keyboard }).map(() => undefined);
}
