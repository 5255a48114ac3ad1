import { anErasure, memoryStore, testClock, testStart, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import { done, misused, openDatabase, operatorCommand, sqlite } from "./__fixtures__/operator.ts";
import { sayReceipt } from "./receipt/say-receipt.ts";

const receipt = operatorCommand("receipt");

it("prints what an erasure has done, by the number that its person has", { timeout: 120_000 }, async () => {
  const url = await sqlite();
  const { store } = await openDatabase(url);
  const erased = { avatars: 1, photos: 17, orders: 6, pictures: 5, atProvider: 5, files: 23 };
  const left = [
    { provider: "fal", reason: "refused", status: 403, requestIds: ["req-1", "req-2"], orders: 2 } as const,
  ];
  const { id } = await valueOf(
    store.erasures.save(anErasure({ state: { status: "done", finishedAt: testStart }, erased, left })),
  );
  expect(await receipt(url, [id])).toStrictEqual(
    done(
      `asked for at ${testStart}\ndone at ${testStart}\n` +
        "erased: 1 avatars, 17 photos, 6 orders, 5 pictures\n" +
        "deleted so far: 23 files, the data of 5 orders at the provider\n" +
        "left behind at fal: the data of 2 orders (refused, 403); its requests: req-1 req-2\n",
    ),
  );
  expect(await receipt(url)).toStrictEqual(misused("usage: npm run receipt -- <id of the receipt>\n"));
});

it("says what is still under way, and when there is no such receipt or no database", async () => {
  const { store, setDown } = memoryStore({ clock: testClock() });
  const { id } = await valueOf(store.erasures.save(anErasure()));
  expect((await sayReceipt({ store }, id)).lines).toStrictEqual([
    `asked for at ${testStart}`,
    `under way: all rows are gone, files and the provider's part follow; looked at next at ${testStart}`,
    "erased: 0 avatars, 0 photos, 0 orders, 0 pictures",
    "deleted so far: 0 files, the data of 0 orders at the provider",
    "left behind: nothing that is known",
  ]);
  expect(await sayReceipt({ store }, "42")).toStrictEqual({ lines: ["There is no receipt 42."], exitCode: 1 });
  setDown(true);
  expect(await sayReceipt({ store }, id)).toMatchObject({ exitCode: 1 });
});
