import type { Received } from "../../chat/received.ts";
import type { HintGiven, Waiting } from "../texts.ts";

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

/** Of an album. */
const cameTogether: Partial<Record<Received, string>> = {
  photo: "Those were photos.",
  document: "Those were files.",
  video: "Those were videos.",
  audio: "Those were audio files.",
};

/** What is expected at a step. */
export const expected = {
  kind: "Please choose a type with the buttons above.",
  gender: "Please answer with the buttons above.",
  name: "Please send the avatar’s name as a text message.",
  consent: "Please tick the boxes in the message above, then continue.",
  photos: "Please send photos: one by one, as albums or as files (JPEG, PNG or WebP).",
  "enough-photos": "There are enough photos: you can continue to the training, or send more.",
  "all-photos": "The avatar has all its photos. You can continue to the training.",
  rename: "Please send the new name as a text message.",
  words: "Please describe the picture in a text message.",
  pictures: "There is nothing to do right now. Send /images to make pictures, or /avatars to see your avatars.",
  nothing: "There is nothing to do right now. Send /start to create an avatar, or /avatars to see yours.",
} as const satisfies Record<Waiting, string>;

export const hint = ({ waiting, received, album }: HintGiven): string =>
  `${(album && cameTogether[received]) ?? came[received]} ${expected[waiting]}`;
