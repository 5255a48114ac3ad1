import type { Received } from "../../chat/received.ts";
import type { Waiting } from "../texts.ts";

const came = {
  text: "a text message",
  photo: "a photo",
  document: "a file",
  video: "a video",
  voice: "a voice message",
  audio: "an audio file",
  sticker: "a sticker",
  animation: "an animation",
  location: "a location",
  contact: "a contact",
  poll: "a poll",
  other: "something I cannot use",
} as const satisfies Record<Received, string>;

const expected = {
  kind: "Please choose a type with one of the buttons above.",
  gender: "Please answer with one of the buttons above.",
  name: "Please write the avatar's name as a text message.",
  photos: "Please send photos: singly, as albums or as files (JPEG, PNG or WebP).",
  rename: "Please write the new name as a text message.",
  nothing: "Nothing is needed right now. /start creates an avatar, /avatars shows yours.",
} as const satisfies Record<Waiting, string>;

export const hint = ({ waiting, received }: { readonly waiting: Waiting; readonly received: Received }): string =>
  `That was ${came[received]}. ${expected[waiting]}`;
