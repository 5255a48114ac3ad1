import { expect, it, vi } from "vitest";
import { delayedWriter } from "./delayed-writer.ts";

it("writes many changes once, and none when nothing has changed", async () => {
  const write = vi.fn(async () => undefined);
  const { soon, flush } = delayedWriter(write, () => undefined);
  await flush();
  expect(write).not.toHaveBeenCalled();
  for (let count = 0; count < 5; count++) soon();
  await flush();
  await flush();
  expect(write).toHaveBeenCalledTimes(1);
});

it("writes by itself, one time after another", async () => {
  const finish: (() => void)[] = [];
  const { soon, flush } = delayedWriter(
    () => new Promise((resolve) => finish.push(resolve)),
    () => undefined,
  );
  soon();
  await vi.waitFor(() => expect(finish).toHaveLength(1));
  soon();
  const second = flush();
  expect(finish).toHaveLength(1);
  finish[0]?.();
  await vi.waitFor(() => expect(finish).toHaveLength(2));
  finish[1]?.();
  await second;
});

it("says what keeps it from writing, and tries again with the next change", async () => {
  const full = new Error("disk full");
  const write = vi.fn(async () => undefined).mockRejectedValueOnce(full);
  const onTrouble = vi.fn();
  const { soon, flush } = delayedWriter(write, onTrouble);
  soon();
  await vi.waitFor(() => expect(onTrouble).toHaveBeenCalledWith(full));
  await flush();
  expect(write).toHaveBeenCalledTimes(2);
});
