import type { Received } from "../../chat/received.ts";
import type { Waiting } from "../texts.ts";

const came = {
  text: "That was a text message.",
  command: "I do not know this command.",
  photo: "That was a photo.",
  document: "That was a file.",
  video: "That was a video.",
  voice: "That was a voice message.",
  audio: "That was an audio file.",
  sticker: "That was a sticker.",
  animation: "That was an animation.",
  location: "That was a location.",
  contact: "That was a contact.",
  poll: "That was a poll.",
  other: "That was something I cannot use.",
} as const satisfies Record<Received, string>;

const expected = {
  kind: "Please choose a type with one of the buttons above.",
  gender: "Please answer with one of the buttons above.",
  name: "Please write the avatar's name as a text message.",
  photos: "Please send photos: singly, as albums or as files (JPEG, PNG or WebP).",
  "enough-photos": "There are enough photos: please continue to the training, or send more of them.",
  "all-photos": "There are as many photos as there is room for. Please continue to the training.",
  rename: "Please write the new name as a text message.",
  nothing: "Nothing is needed right now. /start creates an avatar, /avatars shows yours.",
} as const satisfies Record<Waiting, string>;

export const hint = ({ waiting, received }: { readonly waiting: Waiting; readonly received: Received }): string =>
  `${came[received]} ${expected[waiting]}`;
