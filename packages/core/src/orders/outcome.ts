import type { Timestamp } from "../values/timestamp.ts";

/** Why a file is neither copied nor shown: the provider flagged it as unsafe, or sent a black picture in its place. */
export type Blocked = "flagged" | "black";

/** A file that the provider made. `url` may expire; `blobKey` is our own copy, named by its hex SHA-256. */
export interface OutcomeFile {
  readonly url: string;
  readonly bytes?: number | undefined;
  readonly contentType?: string | undefined;
  /** Of a picture, in pixels, measured. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly blocked?: Blocked | undefined;
  readonly blobKey?: string | undefined;
  /** We have no copy, and no job tries to make one any more. */
  readonly givenUp?: true | undefined;
  /** It was given up before, so its owner was told that it costs nothing. */
  readonly free?: true | undefined;
  /** Where the provider reads our own copy, which was uploaded when it could not read `url` any more. */
  readonly link?: { readonly url: string; readonly uploadedAt: Timestamp } | undefined;
  /** The order that uploads our own copy for all orders; after `until` another one may. */
  readonly uploading?: { readonly orderId: string; readonly until: Timestamp } | undefined;
}

/** What an order yielded: files, by their names. */
export type Outcome = Readonly<Record<string, OutcomeFile | undefined>>;

const files = (outcome: Outcome): OutcomeFile[] => Object.values(outcome).filter((file) => file !== undefined);

/** Whether every file that may be copied is in our own blob store. */
export const isStored = (outcome: Outcome): boolean =>
  files(outcome).every(({ blobKey, blocked }) => blobKey !== undefined || blocked !== undefined);

/** Whether copying some file was given up. */
export const isGivenUp = (outcome: Outcome): boolean => files(outcome).some(({ givenUp }) => givenUp === true);

/**
 * The same outcome, with every file that is not in our own blob store marked to be copied again. `staysFree`: what was
 * given up has cost nothing since.
 */
export const tryAgain = (outcome: Outcome, staysFree: boolean): Outcome =>
  Object.fromEntries(Object.entries(outcome).map(([name, file]) => [name, file && toBeTried(file, staysFree)]));

const toBeTried = ({ givenUp, ...file }: OutcomeFile, staysFree: boolean): OutcomeFile => ({
  ...file,
  ...(staysFree && givenUp && { free: givenUp }),
});

/** Where the provider keeps copies of ours. */
export const outcomeLinks = (outcome: Outcome): string[] => files(outcome).flatMap(({ link }) => link?.url ?? []);

/** The blob keys of the files that were copied. */
export const outcomeBlobKeys = (outcome: Outcome): string[] => files(outcome).flatMap(({ blobKey }) => blobKey ?? []);
