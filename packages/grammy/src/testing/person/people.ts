import type { User } from "grammy/types";
import { chatOf } from "../state/chats.ts";
import { withoutUndefined } from "../state/without-undefined.ts";
import type { World } from "../state/world.ts";
import { offeredCommands } from "../methods/commands.ts";
import { blocks, unblocks } from "./blocks.ts";
import { chatMessage } from "./chat-message.ts";
import { edits } from "./edits.ts";
import type { Person, PersonProfile } from "./person.ts";
import { pays, type Paying } from "./pays.ts";
import { forges, presses, type Waiting } from "./presses.ts";
import { says } from "./says.ts";
import { createsTopic, deletesTopic, opensTopic } from "./topics.ts";
import { sendsAlbum, sendsFile, sendsLocation, sendsOther, sendsPhoto } from "./sends-files.ts";

export interface People {
  person(id: number, profile?: PersonProfile): Person;
  all(): readonly Person[];
}

/** The people with an app. */
export function people(
  world: World,
  { waiting, paying }: { readonly waiting: Waiting; readonly paying: Paying },
): People {
  const personWith = (id: number): Person => ({
    id,
    says: (text, options) => says(world, id, text, options),
    sendsPhoto: (photo) => sendsPhoto(world, id, photo instanceof Uint8Array ? { bytes: photo } : photo),
    sendsAlbum: (items) => sendsAlbum(world, id, items),
    sendsFile: (file) => sendsFile(world, id, file),
    sendsVoice: () => sendsOther(world, id, "voice"),
    sendsSticker: () => sendsOther(world, id, "sticker"),
    sendsVideo: () => sendsOther(world, id, "video"),
    sendsLocation: () => sendsLocation(world, id),
    edits: (messageId, change) => edits(world, id, messageId, change),
    presses: (button, options) => presses(world, waiting, id, button, options),
    forges: (data, messageId) => forges(world, waiting, id, data, messageId),
    pays: (choice) => pays(world, paying, id, choice),
    createsTopic: (name) => createsTopic(world, id, name),
    opensTopic: (topicId) => opensTopic(world, id, topicId),
    deletesTopic: (topicId) => deletesTopic(world, id, topicId),
    blocks: () => blocks(world, id),
    unblocks: () => unblocks(world, id),
    chat: () => chatOf(world, id).messages.map(chatMessage),
    commands: () => offeredCommands(world, id),
  });

  return {
    person: (id, profile = {}) => {
      const known = world.state.chats[id];
      const person = userOf(id, profile, known?.person);
      world.state.chats[id] = { started: false, blocked: false, messages: [], ...known, person };
      return personWith(id);
    },
    all: () => Object.values(world.state.chats).map(({ person }) => personWith(person.id)),
  };
}

const userOf = (id: number, profile: PersonProfile, known: User | undefined): User =>
  withoutUndefined({
    id,
    is_bot: false,
    first_name: profile.firstName ?? known?.first_name ?? `Person ${id}`,
    last_name: profile.lastName ?? known?.last_name,
    username: profile.username ?? known?.username,
    language_code: profile.languageCode ?? known?.language_code,
  });
