import { mkdir, rm, writeFile } from "node:fs/promises";
import { silentLog } from "@likeness/core";
import { makeAvatar } from "./make-avatar.ts";
import { openStage } from "./open-stage.ts";
import { printChat } from "./print-chat.ts";

const folder = "data/rehearsal";

/** Shows in the terminal how a person makes an avatar with the bot. Nothing leaves this machine, and nothing costs. */
export async function rehearse(): Promise<void> {
  console.log("A rehearsal: your bot, with Telegram and the provider played by fakes.\n");
  await rm(folder, { recursive: true, force: true });
  const stage = await openStage({ folder, log: silentLog, seconds: 5 });
  printChat(stage.telegram, "Ada");
  await makeAvatar(stage);
  await stage.hears("Ada is ready");
  const pictures = await savePictures(stage);
  await stage.close();
  console.log(`\nThe pictures, drawn by the fake: ${pictures.join(", ")}`);
  console.log("Next: copy .env.example to .env, fill it in, and npm start. README.md says how.");
}

async function savePictures({ ada, telegram }: Awaited<ReturnType<typeof openStage>>): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = ada.chat().flatMap(({ from, photo }) => (from === "bot" && photo ? [photo.fileId] : []));
  return Promise.all(
    files.map(async (fileId, index) => {
      const path = `${folder}/picture-${index + 1}.jpg`;
      await writeFile(path, telegram.control.file(fileId).bytes);
      return path;
    }),
  );
}
