import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { newsFromFal } from "./behind/from-fal.ts";
import { newsFromTelegram } from "./behind/from-telegram.ts";
import { happenings } from "./behind/happenings.ts";
import { countAlbums } from "./chat/count-albums.ts";
import { telegramChat } from "./chat/telegram-chat.ts";
import { keepIdentity, openIdentity } from "./keep/identity.ts";
import { onPort } from "./net/ports.ts";
import { sampleAlbum } from "./samples/sample-album.ts";
import { studioServer } from "./server/studio-server.ts";
import { readSettings } from "./settings.ts";
import { closing } from "./stage/closing.ts";
import { openFal } from "./stage/open-fal.ts";
import { openTelegram } from "./stage/open-telegram.ts";
import { refuseSecond } from "./stage/refuse-second.ts";
import { openTroubles } from "./trouble/open-troubles.ts";

const { stage, data, port, trainingSeconds } = readSettings(process.argv.slice(2), process.env);
const { closeLast, complain, leaveWith, onClose } = closing();
process.once("uncaughtException", leaveWith);

await mkdir(data, { recursive: true, mode: 0o700 });
const identityFile = join(data, "studio.json");
const identity = await openIdentity(identityFile, port ?? stage.firstPort);
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

const urls = { telegramUrl: telegram.url, falUrl: fal.url };
const { bots, database, ...cast } = await stage.open({ identity, data, ...urls, happenings: behind, onClose });

const troubles = openTroubles({ fal, telegram, bots, database }, behind);
const chat = telegramChat(telegram);
const drawAlbum = () => sampleAlbum(countAlbums(chat.messages()));
const server = await studioServer({ id: identity.id, chat, happenings: behind, bots, troubles, drawAlbum });
const listen = (wanted: number) => server.listen({ host: "127.0.0.1", port: wanted });
const url = await (port === undefined ? onPort(identity.ports.page, listen) : listen(port));
// Until then it tells a second studio on the same folder that there is one.
closeLast(() => server.close());

const portOf = (address: string): number => Number(new URL(address).port);
const ports = { page: portOf(url), telegram: portOf(telegram.url), fal: portOf(fal.url), bot: cast.port };
await keepIdentity(identityFile, { ...identity, ports });
await cast.ready;
process.stdout.write(`${url}\n`);
