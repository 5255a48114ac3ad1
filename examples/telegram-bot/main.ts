import { createLikeness, logEvents, orThrow, systemClock as clock, webhookAlarms } from "@likeness/core";
import { operatorComposer, pollUpdates, telegramAlarms, telegramChannel, telegramUpdates } from "@likeness/grammy";
import { sharpPictures, workerInspector } from "@likeness/sharp";
import sharp from "sharp";
import { operatorEndpoint } from "./http/operator-endpoint.ts";
import { botChecks } from "./doctor/bot-checks.ts";
import { logFindings } from "./doctor/log-findings.ts";
import { nodeNetwork as network } from "./doctor/node-network.ts";
import { openServer } from "./http/open-server.ts";
import { updateEndpoint } from "./http/update-endpoint.ts";
import { inspectionWorker } from "./inspection/inspection-worker.ts";
import { leaveWith } from "./leave.ts";
import { logHints } from "./log/log-hints.ts";
import { openLog } from "./log/open-log.ts";
import { scrubber } from "./log/scrubber.ts";
import { openAccounts } from "./open-accounts.ts";
import { openBlobs } from "./open-blobs.ts";
import { openProvider } from "./open-provider.ts";
import { openShop } from "./open-shop.ts";
import { openStorage } from "./storage/open-storage.ts";
import { readiness } from "./readiness.ts";
import { readSettings } from "./settings/read-settings.ts";
import { shutdownOnSignals } from "./shutdown.ts";
import { joinTelegram } from "./telegram/join-telegram.ts";
import { onceInitialised } from "./telegram/once-initialised.ts";
import { openBot } from "./telegram/open-bot.ts";

const settings = readSettings(process.env).match(
  (read) => read,
  (problems) => leaveWith(problems),
);
const { telegram, policy, guards, consent, about } = settings;
const scrub = scrubber(settings.secrets);
const log = openLog({ level: settings.logLevel, scrub });
const shutdown = shutdownOnSignals(log, scrub);

const storage = await openStorage(settings.database, clock, log);
shutdown.defer("close the database", storage.close);
const { store, queue } = storage;
logEvents(log);
logHints(log);
const blobs = await openBlobs(settings.blobs);
const { recipes, ...provided } = await openProvider(settings, log);

const bot = openBot(telegram);
const channel = telegramChannel(bot.api);
const inspector = workerInspector(inspectionWorker);
const images = { recipes, inspector: sharpPictures(sharp), firstLook: settings.firstLook };
const { credits, purchases } = openAccounts(storage, { prices: settings.prices, clock });
const alarms = [
  ...telegramAlarms(bot.api, { chats: settings.operators, store }),
  ...(settings.alarmWebhook ? [webhookAlarms({ ...settings.alarmWebhook, fetch })] : []),
];
const likeness = createLikeness({
  ...provided,
  ...channel.ports,
  store,
  queue,
  blobs,
  inspector,
  images,
  clock,
  log,
  policy,
  consent,
  credits,
  guards,
  purchases,
  alarms,
  network,
  checks: botChecks(settings, { api: bot.api, network, clock }),
});
shutdown.defer("stop the queue", () => orThrow(likeness.stop({ graceMs: 10_000 })));
const accounts = { credits, purchases, support: about.support };
const { ports } = likeness;
const shop = openShop(settings.shop, { ...ports, ...accounts, api: bot.api, guards: likeness.guards });
const selling = { shop: shop.sells, moreCommands: shop.commands };
const avatars = channel.chat(likeness, { about, ...selling });
const { operators } = settings;
const operatorChat = operatorComposer({ ...ports, api: bot.api, operator: likeness.operator, operators });
bot.use(operatorChat);
bot.use(shop, avatars, avatars.fallback);
const { receive, handlers } = telegramUpdates({ ...ports, bot, answerAtOnce: shop.answerAtOnce });

const { checks, started, noticed } = readiness(storage, shutdown.signal, clock);
const updates = updateEndpoint(telegram.mode, receive);
const operator = operatorEndpoint(settings.operator, likeness.operator, log);
const server = await openServer({
  ...settings.http,
  log,
  checks,
  webhooks: provided.webhooks && likeness.webhooks,
  updates,
  operator,
});
shutdown.defer("close the server", () => server.close());
if (updates) shutdown.defer("let the balancer notice", noticed);
await orThrow(likeness.start({ ...avatars.handlers, ...shop.handlers, ...onceInitialised(bot, handlers, clock) }));
started();
await shop.reconcile().mapErr(({ type }) => log.warn({ error: type }, "the payments are not compared at the start"));

if (await joinTelegram(bot, telegram.mode, { clock, log, ending: shutdown.signal })) {
  const polling = telegram.mode.type === "polling" && pollUpdates(bot.api, { ...ports, receive });
  if (polling) shutdown.defer("stop polling", polling.stop);
  const published = avatars.commands().andThen(() => operatorChat.commands());
  await published.mapErr((problem) => log.warn({ problem }, "the commands could not be registered"));
  await logFindings(likeness, { log, ending: shutdown.signal });
}
