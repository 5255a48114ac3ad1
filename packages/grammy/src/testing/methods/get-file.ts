import { addSeconds } from "@likeness/core";
import { ok } from "neverthrow";
import type { FileRecord } from "../state/telegram-snapshot.ts";
import { refuse } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";

/** https://github.com/tdlib/telegram-bot-api, `MAX_DOWNLOAD_FILE_SIZE` */
const largestDownload = 20 << 20;

/** Telegram promises an hour at least. https://core.telegram.org/bots/api#getfile */
const pathSeconds = 60 * 60;

export const getFile: Method = ({ state, timers }, call) => {
  const fileId = textOf(call, "file_id");
  if (fileId === "") return refuse(400, "file_id not specified");
  const file = state.files[fileId];
  if (!file || file.lost) return refuse(400, "invalid file_id");
  if (file.size > largestDownload) return refuse(400, "file is too big");
  const name = file.path?.name ?? `${folders[file.kind]}/file_${state.next.path++}${extensionOf(file)}`;
  state.files[fileId] = { ...file, path: { name, until: addSeconds(timers.now(), pathSeconds) } };
  return ok({
    result: { file_id: fileId, file_unique_id: file.fileUniqueId, file_size: file.size, file_path: name },
  });
};

const folders = {
  photo: "photos",
  document: "documents",
  voice: "voice",
  video: "videos",
  sticker: "stickers",
} as const satisfies Record<FileRecord["kind"], string>;

const extensions = { photo: ".jpg", document: "", voice: ".oga", video: ".mp4", sticker: ".webp" } as const;

/** Names are replaced, but their extensions are kept. */
const extensionOf = ({ kind, name = "" }: FileRecord): string => /\.[a-z0-9]+$/i.exec(name)?.[0] ?? extensions[kind];
