import type { Policy } from "../policy.ts";
import type { Notifier } from "./notifier.ts";
import type { OutsidePorts } from "./outside-ports.ts";

/** What a channel uses itself of what `createLikeness` was given, so that a host passes it once. */
export interface ChannelPorts extends Pick<OutsidePorts, "store" | "blobs" | "profiles" | "clock" | "ids" | "log"> {
  /** Whether this deployment makes pictures. */
  readonly makesPictures: boolean;
  /** How long data is kept, which a channel tells people. */
  readonly retention: Pick<Policy, "photoRetentionSeconds" | "ownerRetentionSeconds">;
}

/** A notifier that is made when the ports are known, e.g. because it reads the language or the pictures of an owner. */
export type NotifierWith = (ports: ChannelPorts) => Notifier;
