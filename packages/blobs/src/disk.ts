export { diskBlobs } from "./disk/disk-blobs.ts";
