import type { Document } from "grammy/types";
import type { FileRecord } from "../state/telegram-snapshot.ts";
import { withoutUndefined } from "../state/without-undefined.ts";

/** A file as a message shows it. */
export const documentOf = ({ fileId, fileUniqueId, name, mimeType, size }: FileRecord): Document =>
  withoutUndefined({
    file_id: fileId,
    file_unique_id: fileUniqueId,
    file_name: name,
    mime_type: mimeType,
    file_size: size,
  });
