import { okAsync } from "neverthrow";
import { falProvider } from "../requests/fal-provider.ts";
import { upload } from "./trainings.ts";

// Run as a process of its own: uploads one archive to a host that does not answer, until it is killed.
const [temporaryDirectory = "", host = ""] = process.argv.slice(2);
const provider = falProvider({ key: "fake-id:fake-secret", hosts: { rest: host }, temporaryDirectory });
const photo = new TextEncoder().encode("the face of a person");
await upload(provider, {
  name: "training-1",
  entries: [{ file: "photo_001.jpg", bytes: photo.byteLength, open: () => okAsync(new Blob([photo]).stream()) }],
});
