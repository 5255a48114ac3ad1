import { setTrouble, storeFile, storePhoto } from "../state/files.ts";
import type { FileRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import { documentOf } from "./document-of.ts";
import type { AlbumItem, FileInput, PhotoInput, Sent, SentFile } from "./person.ts";
import { openChat, sends } from "./says.ts";

export function sendsPhoto(world: World, personId: number, photo: PhotoInput, albumId?: string): SentFile {
  openChat(world, personId);
  const sizes = storePhoto(world, photo.bytes);
  const fileId = sizes.at(-1)?.file_id ?? "";
  if (photo.trouble) setTrouble(world, fileId, photo.trouble);
  const message = sends(world, personId, {
    media_group_id: albumId,
    photo: [...sizes],
    caption: photo.caption,
  });
  return { messageId: message.message_id, fileId };
}

export function sendsFile(world: World, personId: number, input: FileInput, albumId?: string): SentFile {
  openChat(world, personId);
  const file = storeFile(world, { kind: "document", name: input.name, mimeType: input.mimeType }, input);
  if (input.trouble) setTrouble(world, file.fileId, input.trouble);
  const message = sends(world, personId, {
    media_group_id: albumId,
    document: documentOf(file),
    caption: input.caption,
  });
  return { messageId: message.message_id, fileId: file.fileId };
}

const largestGroup = 10;

export function sendsAlbum(world: World, personId: number, items: readonly AlbumItem[]): readonly SentFile[] {
  return groupsOf(items).flatMap((group) => {
    const albumId = group.length > 1 ? newAlbumId(world) : undefined;
    return group.map((item) =>
      item.as === "document" ? sendsFile(world, personId, item, albumId) : sendsPhoto(world, personId, item, albumId),
    );
  });
}

/** Photos and documents never share a group. */
function groupsOf(items: readonly AlbumItem[]): readonly (readonly AlbumItem[])[] {
  const groups: AlbumItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const fits = last && last.length < largestGroup && isDocument(last[0]) === isDocument(item);
    if (fits) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

const isDocument = (item: AlbumItem | undefined): boolean => item?.as === "document";

/** Telegram's are long numbers, in text. */
export const newAlbumId = ({ state }: World): string => String(13_947_201_997 + state.next.album++);

type Other = "voice" | "sticker" | "video";

/** As much of each as a bot has to look at. */
const others = {
  voice: ({ size }) => ({ duration: 3, mime_type: "audio/ogg", file_size: size }),
  video: ({ size }) => ({ duration: 5, width: 720, height: 1280, mime_type: "video/mp4", file_size: size }),
  sticker: ({ size }) => ({
    type: "regular",
    width: 512,
    height: 512,
    is_animated: false,
    is_video: false,
    emoji: "👍",
    file_size: size,
  }),
} as const satisfies Record<Other, (file: FileRecord) => object>;

export function sendsOther(world: World, personId: number, kind: Other): SentFile {
  openChat(world, personId);
  const file = storeFile(world, { kind }, { size: 20_000 });
  const content = { file_id: file.fileId, file_unique_id: file.fileUniqueId, ...others[kind](file) };
  const message = sends(world, personId, { [kind]: content });
  return { messageId: message.message_id, fileId: file.fileId };
}

export const sendsLocation = (world: World, personId: number): Sent => ({
  messageId: sends(world, personId, { location: { latitude: 43.238949, longitude: 76.889709 } }).message_id,
});
