import { describeBlobStore } from "../contracts/describe-blob-store.ts";
import { memoryBlobStore } from "./memory-blob-store.ts";

describeBlobStore("memory", async () => memoryBlobStore());
