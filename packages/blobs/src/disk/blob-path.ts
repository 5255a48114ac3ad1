import { join } from "node:path";

/** Two levels of 256 directories, so that none of them grows large. */
export const blobPath = (directory: string, key: string): string =>
  join(directory, key.slice(0, 2), key.slice(2, 4), key);

/** Below the same directory, because a rename is atomic only within one volume. */
export const temporaryDirectory = (directory: string): string => join(directory, "tmp");
