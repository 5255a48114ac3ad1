import { join } from "node:path";
import { makeFolder } from "@likeness/blobs/disk";
import { freePort } from "@likeness/test-processes/free-port.ts";
import { activityFromFal } from "./behind/from-fal.ts";
import { activityFromTelegram } from "./behind/from-telegram.ts";
import { activities } from "./behind/activities.ts";
import { countAlbums, sampleAlbum } from "./samples/sample-album.ts";
import { telegramChat } from "./chat/telegram-chat.ts";
import { keepIdentity, keptIdentity, openIdentity } from "./keep/identity.ts";
import { studioServer } from "./server/studio-server.ts";
import { readSettings } from "./settings.ts";
import { closing } from "./stage/closing.ts";
import { holdFolder } from "./stage/hold-folder.ts";
import { onPort } from "./stage/on-port.ts";
import { openFal } from "./stage/open-fal.ts";
import { openTelegram } from "./stage/open-telegram.ts";
import { openTroubles } from "./trouble/open-troubles.ts";

const { stage, data, port, trainingSeconds, sells } = readSettings(process.argv.slice(2), process.env);
const { closeLast, complain, leaveWith, onClose } = closing();
process.once("uncaughtException", leaveWith);

await makeFolder(data);
const identityFile = join(data, "studio.json");
const letGo = holdFolder(data);
if (!letGo) throw new Error(`The studio already runs${await whereItRuns()}`);
closeLast(letGo);
const opened = await openIdentity(identityFile, port ?? stage.firstPort);
const page = await (port === undefined ? onPort(opened.ports.page, freePort) : freePort(port));
const identity = { ...opened, ports: { ...opened.ports, page } };
// Written before the page is served, so that a second studio can print its address.
await keepIdentity(identityFile, identity);

const behind = activities();
const fakes = { identity, data, onTrouble: (error: unknown) => complain("The chat could not be kept", error) };
const telegram = await openTelegram(fakes);
onClose(telegram.close);
telegram.fake.control.subscribe((event) => {
  const activity = activityFromTelegram(event, telegram.fake.control.calls);
  if (activity) behind.add(activity);
});
const fal = await openFal({ ...fakes, trainingSeconds });
onClose(fal.close);
fal.fake.control.subscribe((activity) => behind.add(activityFromFal(activity)));

const urls = { telegramUrl: telegram.url, falUrl: fal.url };
const {
  bots,
  database,
  ready,
  port: botPort,
} = await stage.open({ identity, data, sells, ...urls, activities: behind, onClose });

const troubles = openTroubles({ fal, telegram, bots, database }, behind);
const chat = telegramChat(telegram);
const drawAlbum = () => sampleAlbum(countAlbums(chat.messages()));
const operator = { port: botPort, token: identity.operatorToken };
const server = await studioServer({ chat, activities: behind, bots, troubles, drawAlbum, operator });
const url = await server.listen({ host: "127.0.0.1", port: page });
closeLast(() => server.close());

const portOf = (address: string): number => Number(new URL(address).port);
const ports = { page, telegram: portOf(telegram.url), fal: portOf(fal.url), bot: botPort };
await keepIdentity(identityFile, { ...identity, ports });
await ready;
process.stdout.write(`${url}\n`);

async function whereItRuns(): Promise<string> {
  const first = await keptIdentity(identityFile);
  return first ? `: http://127.0.0.1:${first.ports.page}` : ".";
}
