/** By Telegram's names: https://core.telegram.org/bots/api#sendchataction */
const words: Readonly<Record<string, string>> = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  upload_video: "sending a video",
  record_voice: "recording",
};

export const actionWords = (action: string): string => words[action] ?? "busy";
