import type { TelegramFileContent } from "./telegram-control.ts";

/** A file for a page. Its type is set by the sender, so only pictures are shown; everything else is a download. */
export const fileView = ({ bytes, mimeType }: TelegramFileContent): Response =>
  new Response(bytes, {
    headers: {
      "content-type": mimeType,
      "content-disposition": pictures.includes(mimeType) ? "inline" : "attachment",
      "x-content-type-options": "nosniff",
    },
  });

const pictures = ["image/jpeg", "image/png", "image/webp", "image/gif"];
