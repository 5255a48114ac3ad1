export { diskBlobs } from "./disk/disk-blobs.ts";
export { makeFolder } from "./disk/make-folder.ts";
