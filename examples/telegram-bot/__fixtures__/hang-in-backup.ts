import { diskBlobs } from "@likeness/blobs/disk";
import { ResultAsync } from "neverthrow";
import { backUp } from "../backup/back-up.ts";

/** A backup that hangs at its third file, for a test that kills it there. */
const [file = "", source = "", folder = ""] = process.argv.slice(2);
const blobs = diskBlobs(source);
let reads = 0;
const hang = new Promise<never>(() => undefined);
setInterval(() => undefined, 60_000);
await backUp({
  file,
  folder,
  blobs: {
    ...blobs,
    get: (key) => {
      reads += 1;
      if (reads < 3) return blobs.get(key);
      process.stdout.write("hanging\n");
      return new ResultAsync(hang);
    },
  },
});
