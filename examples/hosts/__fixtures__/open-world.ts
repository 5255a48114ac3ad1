import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { falFake, serveFalFake } from "@likeness/fal/testing";
import { onTestFinished } from "vitest";
import { account } from "./open-ports.ts";

/** A fake fal over HTTP, and a folder, until the test ends. */
export async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), "likeness-hosts-"));
  const fal = falFake({ ...account, queueSeconds: 0, trainingSeconds: 1, imageSeconds: 0 });
  const { url: falUrl, close } = await serveFalFake(fal);
  onTestFinished(async () => {
    await close();
    await fal.close();
    await rm(folder, { recursive: true });
  });
  return { folder, fal, falUrl };
}
