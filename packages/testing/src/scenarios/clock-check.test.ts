import { addSeconds, clockCheck } from "@likeness/core";
import { expect, it } from "vitest";
import { testClock, testStart } from "../clock/test-clock.ts";

/** What is found when others' clocks are ahead of ours by so many seconds; `undefined`: one does not answer. */
const foundAt = async (...ahead: readonly (number | undefined)[]) => {
  const dates = ahead.map((seconds) => seconds !== undefined && new Date(addSeconds(testStart, seconds)).toUTCString());
  const network = {
    fetch: async (url: string) => {
      const date = dates[Number(url)];
      if (date === false || date === undefined) throw new Error("no answer");
      return new Response(null, { headers: { date } });
    },
  };
  const check = clockCheck({ clock: testClock(), network, urls: Object.keys(ahead) });
  return (await check.look(new AbortController().signal))[0];
};

it.each<[string, readonly (number | undefined)[], object]>([
  ["agrees", [2], { verdict: "ok" }],
  ["is right by one of two", [900, -3], { verdict: "ok" }],
  ["is a bit slow", [120], { verdict: "warning", what: "this clock is 120 s slow" }],
  ["is too fast", [-301, -302], { verdict: "broken", what: expect.stringMatching(/^this clock is 301 s fast/) }],
  ["is told by nobody", [undefined], { verdict: "skipped" }],
])("the clock %s", async (_name, ahead, finding) => {
  expect(await foundAt(...ahead)).toMatchObject(finding);
});
