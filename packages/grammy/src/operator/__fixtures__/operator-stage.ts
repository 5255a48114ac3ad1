import { addSeconds, createLikeness, uuidV7 } from "@likeness/core";
import {
  aLateTraining,
  anAvatar,
  anInboxDelivery,
  aNotification,
  storeWithAvatar,
  testPorts,
  testStart,
  valueOf,
} from "@likeness/testing";
import { Bot } from "grammy";
import type { Update } from "grammy/types";
import { onTestFinished } from "vitest";
import { serveTelegramFake } from "../../testing/serve-telegram-fake.ts";
import { telegramFake } from "../../testing/telegram-fake.ts";
import type { Person } from "../../testing/person/person.ts";
import { telegramUpdates } from "../../updates/telegram-updates.ts";
import { operatorComposer } from "../operator-composer.ts";

const token = "123456:fake-token";

/** A bot over HTTP in a deployment with some trouble; Olga (7) is its operator, and Ada (42) is not. */
export async function operatorStage({ languageCode = "en" } = {}) {
  const fakes = testPorts();
  const { clock, log, ports, storage } = fakes;
  const { store } = ports;
  const likeness = createLikeness(ports);
  const fake = telegramFake({ token, clock });
  const server = await serveTelegramFake(fake);
  const { queue } = storage;
  onTestFinished(async () => {
    await queue.stop({ graceMs: 0 });
    await server.close();
    await fake.close();
  });
  const bot = new Bot(token, { client: { apiRoot: server.url } });
  await bot.init();
  const passedOn: Update[] = [];
  bot.use(operatorComposer({ operator: likeness.operator, operators: [7], store, api: bot.api, clock, log }));
  bot.use((context) => void passedOn.push(context.update));
  const updates = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log });
  await valueOf(queue.start({ ...updates.handlers }));

  let received = 0;
  const handle = async () => {
    for (const update of fake.control.updates.slice(received)) await updates.receive(update);
    received = fake.control.updates.length;
    await clock.advance(0.1);
    await queue.drained();
  };
  const olga = fake.control.person(7, { firstName: "Olga", languageCode });
  const ada = fake.control.person(42, { firstName: "Ada", languageCode: "en" });
  return {
    bot,
    clock,
    fake,
    likeness,
    provider: fakes.provider,
    store,
    olga,
    ada,
    passedOn,
    log,
    setDown: storage.setDown,
    handle,
    says: async (text: string, person: Person = olga) => {
      person.says(text);
      await handle();
    },
    presses: async (text: string | RegExp) => {
      const found = olga
        .chat()
        .flatMap(({ buttons }) => buttons.flat())
        .findLast((button) => (typeof text === "string" ? button.text === text : text.test(button.text)));
      if (!found) throw new Error(`there is no button ${String(text)}`);
      const { answer } = olga.presses({ text: found.text });
      await handle();
      return (await answer).text;
    },
    /** The newest message of the bot, with the words of its buttons. */
    newest: (person: Person = olga) => {
      const message = person.chat().findLast(({ from }) => from === "bot");
      return { text: message?.text ?? "", buttons: (message?.buttons ?? []).flat().map(({ text }) => text) };
    },
    messages: (person: Person = olga) => person.chat().filter(({ from }) => from === "bot"),
    entries: async () => {
      const { items } = await valueOf(likeness.operator.actions());
      return items.map(({ operator, action, outcome }) => `${operator} ${action} ${outcome}`).toReversed();
    },
    late: () => storeWithAvatar(store, aLateTraining(), { name: "*Ada* _<b>" }),
    malformed: (requestId: string) =>
      valueOf(
        store.inbox.insert(anInboxDelivery({ outcome: "malformed", settledAt: addSeconds(testStart, 60), requestId })),
      ),
    deadMessage: async (detail: string) => {
      const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
      return valueOf(store.outbox.insert(aNotification({ avatarId, state: { status: "dead", detail } })));
    },
  };
}
