import { join } from "node:path";
import { makeFolder } from "@likeness/blobs/disk";
import { freePort } from "@likeness/test-processes/free-port.ts";
import { newsFromFal } from "./behind/from-fal.ts";
import { newsFromTelegram } from "./behind/from-telegram.ts";
import { happenings } from "./behind/happenings.ts";
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

const { stage, data, port, trainingSeconds } = readSettings(process.argv.slice(2), process.env);
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

const urls = { telegramUrl: telegram.url, falUrl: fal.url };
const { bots, database, ...cast } = await stage.open({ identity, data, ...urls, happenings: behind, onClose });

const troubles = openTroubles({ fal, telegram, bots, database }, behind);
const chat = telegramChat(telegram);
const drawAlbum = () => sampleAlbum(countAlbums(chat.messages()));
const server = await studioServer({ chat, happenings: behind, bots, troubles, drawAlbum });
const url = await server.listen({ host: "127.0.0.1", port: page });
closeLast(() => server.close());

const portOf = (address: string): number => Number(new URL(address).port);
const ports = { page, telegram: portOf(telegram.url), fal: portOf(fal.url), bot: cast.port };
await keepIdentity(identityFile, { ...identity, ports });
await cast.ready;
process.stdout.write(`${url}\n`);

async function whereItRuns(): Promise<string> {
  const first = await keptIdentity(identityFile);
  return first ? `: http://127.0.0.1:${first.ports.page}` : ".";
}
