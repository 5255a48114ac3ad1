import { enlarged, imageKind, sizes, trainingKind, upscaleKind, type Quote } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, ResultAsync } from "neverthrow";
import type { Person } from "../chat/chat-ports.ts";
import type { ChatError } from "../chat/press.ts";
import { showMessage } from "../chat/show-message.ts";
import { isOpen } from "./is-open.ts";
import { shopData } from "./shop-data.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** `/buy`: what credits are good for, and one button for each package. */
export function showPackages(ports: ShopPorts, person: Person): ResultAsync<void, ChatError> {
  const { packages, say, terms, unit } = ports;
  const { locale } = person;
  if (!ports.allows(person)) return showMessage(ports, person, say(locale, "not-allowed")).map(() => undefined);
  const keyboard = InlineKeyboard.from(
    packages.map(({ credits, stars }) => [
      InlineKeyboard.text(
        say(locale, "button.package", { credits: { amount: credits, unit }, stars }),
        shopData({ verb: "buy", credits, stars }),
      ),
    ]),
  );
  return isOpen(ports, person)
    .andThen((open) =>
      open
        ? pricesFor(ports, person).andThen((prices) =>
            showMessage(ports, person, say(locale, "shop.prompt", { terms, ...prices }), { keyboard }),
          )
        : showMessage(ports, person, say(locale, "shop.empty")),
    )
    .map(() => undefined);
}

/**
 * What one training, one picture and one that is made larger cost, if the host's credits tell. They are told for convenience: without them the
 * packages are sold, too.
 */
function pricesFor({ quote, log }: ShopPorts, { actor }: Person): ResultAsync<Prices, never> {
  if (!quote) return okAsync({});
  const size = sizes["4:5"];
  const one = { actor, count: 1 };
  return ResultAsync.combine([
    quote({ ...one, kind: trainingKind.name }),
    quote({ ...one, kind: imageKind.name, size }),
    quote({ ...one, kind: upscaleKind.name, size: enlarged(size) }),
  ])
    .map(([training, picture, larger]): Prices => ({
      training: unlessFree(training),
      picture: unlessFree(picture),
      larger: unlessFree(larger),
    }))
    .orElse(({ cause }) => {
      log.warn({ actor, cause }, "packages are shown without prices");
      return okAsync({});
    });
}

const unlessFree = (price: Quote | undefined): Quote | undefined => (price && price.amount > 0 ? price : undefined);

interface Prices {
  readonly training?: Quote | undefined;
  readonly picture?: Quote | undefined;
  readonly larger?: Quote | undefined;
}
