import { placeKey, readPlaceKey, type Place } from "../conversation/place.ts";

/** The jobs of the chat, beside the core's. Like those, each job only makes its handler look at a row. */
export const chatJobs = {
  /** Handles a stored update; key: id of the delivery. */
  update: "webhook.process:telegram",
  /** The same for a pressed button, in places of its own: photos that came before it must not keep them. */
  press: "telegram.press",
  /** Shows how a burst of photos fares; key: `placeJobKey`. */
  status: "telegram.status",
  /** Shows how far a training is; key: id of the training. */
  progress: "telegram.progress",
  /** Shows how a set of pictures is drawn; key: id of the set and of the follower. */
  drawing: "telegram.drawing",
  /** Shows again what could not be paid before; key: `placeJobKey`. */
  unpaid: "telegram.unpaid",
  /** Sends a person all their data; key: `placeJobKey`. */
  export: "telegram.export",
  /** Says what Telegram did not take; key: `placeJobKey` and a digest of the message. */
  say: "telegram.say",
} as const;

/**
 * The key of a job about a place. It begins with the owner id, e.g. `telegram:42:7`: an erasure forgets the dead jobs that
 * name the person, and a bare 42 is a number that jobs of others may have, too.
 */
export const placeJobKey = (place: Place): string => `${prefix}${placeKey(place)}`;

/** Shows again what a person could not pay before. */
export const unpaidJob = ({ chatId }: Place) => ({
  kind: chatJobs.unpaid,
  key: placeJobKey({ chatId }),
  payload: null,
});

/** Parses such a key. Earlier versions had none but the numbers in it. */
export const readPlaceJobKey = (key: string): Place | undefined =>
  readPlaceKey(key.startsWith(prefix) ? key.slice(prefix.length) : key);

const prefix = "telegram:";
