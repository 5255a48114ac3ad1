import type { BlobStore, Clock, Ids, Likeness, Log, Preset, Profiles, Store } from "@likeness/core";
import type { Api } from "grammy";
import type { Place } from "../conversation/place.ts";
import type { Say } from "../texts/catalog.ts";
import type { About } from "../texts/people-texts.ts";
import type { ExtraCommand } from "./commands/extra-command.ts";
import type { Command } from "./commands/command.ts";

/** All ports of the chat. Each part takes only those it names. */
export interface ChatPorts {
  readonly likeness: Likeness;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly profiles: Profiles;
  readonly api: Api;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly say: Say;
  /** What the host says about itself. */
  readonly about: About;
  /** Commands that the host answers itself. */
  readonly hostCommands: readonly Command[];
  /** Commands of other parts of the bot, which are listed with ours. */
  readonly moreCommands: readonly ExtraCommand[];
  /** The languages that a person can choose from. */
  readonly languages: readonly string[];
  /** The preset that the host has fixed; absent: the person chooses on the confirmation card. */
  readonly preset?: Preset;
  /** Whether the bot has `/buy`. */
  readonly shop: boolean;
  /** Shortest time between two edits of a progress card, except for the first edit. */
  readonly progressSeconds: number;
}

/** A person in their private chat with the bot, whose id is the person's own, or in a topic of it. */
export interface Person extends Place {
  /** Owner of everything they make: `telegram:<id>`. */
  readonly actor: string;
  readonly locale: string;
}
