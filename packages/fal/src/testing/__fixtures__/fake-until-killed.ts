import { falFake } from "../fal-fake.ts";
import { serveFalFake } from "../serve-fal-fake.ts";
import { falClientFor } from "./fal-client.ts";
import { photoArchive } from "./photo-archive.ts";

// Run as a process of its own: a fake that holds an uploaded archive and half of another one, until it is killed.
const { url } = await serveFalFake(falFake());
const fal = falClientFor(url);
const whole = await fal.storage.upload(await photoArchive());
const answer = await fetch(`${url}/storage/upload/initiate`, {
  method: "POST",
  headers: { authorization: "Key fake-id:fake-secret", "content-type": "application/json" },
  body: JSON.stringify({ file_name: "half.zip", content_type: "application/zip" }),
});
const { upload_url }: { upload_url: string } = await answer.json();
// More than fits between the two, so the fake has opened its file when it takes the last of them.
let chunks = 200;
const half = new ReadableStream<Uint8Array>({
  pull: async (controller) => {
    controller.enqueue(new Uint8Array(100_000));
    if (--chunks > 0) return;
    process.stdout.write(`${whole}\n`);
    await new Promise(() => undefined);
  },
});
const upload = { method: "PUT", body: half, duplex: "half" };
await fetch(upload_url, upload);
