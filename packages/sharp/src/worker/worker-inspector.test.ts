import { Worker } from "node:worker_threads";
import { valueOf } from "@likeness/testing";
import { err } from "neverthrow";
import { expect, it } from "vitest";
import { drawPhoto } from "../__fixtures__/drawn-photo.ts";
import { serveInspector } from "./serve-inspector.ts";
import { workerInspector } from "./worker-inspector.ts";

const inspecting = () => new Worker(new URL("../__fixtures__/inspect-in-worker.ts", import.meta.url));

/** A worker that does this with each photo. */
const doing = (script: string) =>
  new Worker(
    `const { parentPort: port } = require("node:worker_threads"); port.on("message", (question) => { ${script} })`,
    {
      eval: true,
    },
  );

const jpeg = () => drawPhoto({}).jpeg().toBuffer();

it("inspects a photo that is a part of a buffer, and leaves the buffer as it is", async () => {
  const photo = await jpeg();
  const buffer = Buffer.concat([Buffer.alloc(100), photo, Buffer.alloc(100)]);
  const { facts } = await valueOf(workerInspector(inspecting).inspect(buffer.subarray(100, -100)));
  expect(facts).toStrictEqual((await valueOf(workerInspector(inspecting).inspect(photo))).facts);
  expect(buffer.subarray(100, -100).equals(photo)).toBe(true);
});

it.each([
  ["ends", "process.exit(3)", new Error("the worker ended with exit code 3")],
  ["throws", 'throw new Error("a defect")', new Error("a defect")],
])("fails each photo of a worker that %s, and inspects the next one in another", async (_, script, cause) => {
  const workers = [() => doing(script), inspecting].values();
  const inspector = workerInspector(() => {
    const start = workers.next().value;
    if (!start) throw new Error("too many workers are started");
    return start();
  });
  const failure = err({ type: "inspector-failure", cause });
  expect(await Promise.all([inspector.inspect(new Uint8Array(1)), inspector.inspect(new Uint8Array(2))])).toStrictEqual(
    [failure, failure],
  );
  const photo = await jpeg();
  const judged = await Promise.all([photo, photo].map((each) => valueOf(inspector.inspect(each))));
  expect(judged.map(({ facts }) => facts.bytes > 0)).toStrictEqual([true, true]);
});

it("says why the inspector in the worker failed, whatever the cause holds", async () => {
  const script = new URL("../__fixtures__/fail-in-worker.ts", import.meta.url);
  const failed = await workerInspector(() => new Worker(script)).inspect(new Uint8Array(1));
  expect(failed).toStrictEqual(err({ type: "inspector-failure", cause: new Error("no memory") }));
});

it("is served in a worker only", () => {
  const inspector = workerInspector(inspecting);
  expect(() => serveInspector(inspector)).toThrow("has to be called in a worker");
});
