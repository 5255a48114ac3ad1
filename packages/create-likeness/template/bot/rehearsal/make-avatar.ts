import { drawPhoto } from "./draw-photo.ts";
import type { Stage } from "./open-stage.ts";

/** What Ada does from the first message until her training begins. */
export async function makeAvatar({ ada, hears, presses }: Stage): Promise<void> {
  ada.says("/start");
  await presses("Portrait");
  await presses("Female");
  await hears("What shall we call it?");
  ada.says("Ada");
  await presses("My photos, or with permission");
  await presses("Everyone is 18 or older");
  await presses("Continue");
  await hears("Now send");
  const photos = await Promise.all(Array.from({ length: 10 }, (_, index) => drawPhoto(index)));
  ada.sendsAlbum(photos.map((bytes) => ({ bytes })));
  await hears("Accepted: 10");
  await presses("Continue");
  await presses("Start training");
}
