import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newsFromBotLog } from "./behind/from-bot-log.ts";
import { newsFromFal } from "./behind/from-fal.ts";
import { newsFromTelegram } from "./behind/from-telegram.ts";
import { happenings } from "./behind/happenings.ts";
import { botSettings } from "./bot/bot-settings.ts";
import { runBot } from "./bot/run-bot.ts";
import { spawnBot } from "./bot/spawn-bot.ts";
import { telegramChat } from "./chat/telegram-chat.ts";
import { keepIdentity, openIdentity } from "./keep/identity.ts";
import { freePort, onPort } from "./net/ports.ts";
import { sampleAlbum } from "./samples/sample-album.ts";
import { studioServer } from "./server/studio-server.ts";
import { readSettings } from "./settings.ts";
import { closing } from "./stage/closing.ts";
import { openFal } from "./stage/open-fal.ts";
import { openTelegram } from "./stage/open-telegram.ts";
import { refuseSecond } from "./stage/refuse-second.ts";

const { data, port, trainingSeconds } = readSettings(process.argv.slice(2), process.env);
const { complain, leaveWith, onClose } = closing();
process.once("uncaughtException", leaveWith);

await mkdir(data, { recursive: true, mode: 0o700 });
const identityFile = join(data, "studio.json");
const identity = await openIdentity(identityFile, port);
await refuseSecond(identity);

const behind = happenings();
const fakes = { identity, data, onTrouble: (error: unknown) => complain("The chat could not be kept", error) };
const telegram = await openTelegram(fakes);
onClose(telegram.close);
telegram.fake.control.subscribe((event) => {
  const news = newsFromTelegram(event, telegram.fake.control.calls);
  if (news) behind.add(news);
});
const fal = await openFal({ ...fakes, trainingSeconds });
onClose(fal.close);
fal.fake.control.subscribe((activity) => behind.add(newsFromFal(activity)));

const botPort = await onPort(identity.ports.bot, freePort);
const program = fileURLToPath(import.meta.resolve("@likeness/example-telegram-bot/main.ts"));
const settings = botSettings({ identity, data, telegramUrl: telegram.url, falUrl: fal.url, port: botPort });
const bot = runBot({
  spawn: (onComplaint) =>
    spawnBot({ program, settings, onComplaint, onLine: (line) => behind.add(newsFromBotLog(line)) }),
  isReady: () =>
    fetch(`${settings.PUBLIC_URL}/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  onComplaint: (line) => behind.add({ kind: "bot", line, trouble: true }),
});
onClose(bot.stop);
bot.subscribe(() => {
  const { state, line } = bot.status();
  behind.add({ kind: "bot", line, trouble: state === "waiting" });
  if (state === "waiting") process.stderr.write(`${line}\n`);
});

let albums = 0;
const server = await studioServer({
  id: identity.id,
  chat: telegramChat(telegram),
  happenings: behind,
  bot,
  drawAlbum: () => sampleAlbum(albums++),
});
const listen = (wanted: number) => server.listen({ host: "127.0.0.1", port: wanted });
const url = await (port === undefined ? onPort(identity.ports.page, listen) : listen(port));
onClose(() => server.close());

const portOf = (address: string): number => Number(new URL(address).port);
const ports = { page: portOf(url), telegram: portOf(telegram.url), fal: portOf(fal.url), bot: botPort };
await keepIdentity(identityFile, { ...identity, ports });
await bot.ready;
process.stdout.write(`${url}\n`);
