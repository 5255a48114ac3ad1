import { expect, it } from "vitest";
import { problemOfNode } from "./check-node.ts";

it.each(["22.18.0", "22.20.1", "23.0.0", "24.11.0", "26.1.0"])("writes a project with Node %s", (version) => {
  expect(problemOfNode(version)).toBeUndefined();
});

it.each(["18.20.8", "20.20.2", "22.9.0", "22.17.1"])("says which Node is needed where it is %s", (version) => {
  expect(problemOfNode(version)).toBe(
    `The bot needs Node 22.18 or newer, and this is ${version}: https://nodejs.org/en/download`,
  );
});
