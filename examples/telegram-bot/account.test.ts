import { expect, it } from "vitest";
import { done, misused, openDatabase, operatorCommand, sqlite } from "./__fixtures__/operator.ts";

const account = operatorCommand("account");
const nothingKnown = "It is not known whose webhooks of fal are ours: the first one about an order of ours tells it.\n";
const usage = "usage: npm run account -- show|forget|trust <account id>, e.g. trust github|12345678\n";

it("shows, names and forgets whose webhooks are taken", { timeout: 120_000 }, async () => {
  const url = await sqlite();
  await openDatabase(url);
  const known = done(expect.stringMatching(/^Webhooks of fal are taken for github\|12345678, named by an operator/));
  expect(await account(url)).toStrictEqual(done(nothingKnown));
  expect(await account(url, ["trust", "github|12345678"])).toStrictEqual(known);
  expect(await account(url, ["show"])).toStrictEqual(known);
  expect(await account(url, ["forget"])).toStrictEqual(done(nothingKnown));
});

it("trusts nobody because of a word that it does not know", { timeout: 120_000 }, async () => {
  const url = await sqlite();
  await openDatabase(url);
  for (const words of [
    ["github|12345678"],
    ["-h"],
    ["toString"],
    ["trust"],
    ["trust", ""],
    ["trust", "two words"],
    ["trust", "x".repeat(201)],
    ["trust", "--all"],
    ["trust", "one", "two"],
    ["show", "github|12345678"],
    ["forget", "github|12345678"],
  ])
    expect(await account(url, words)).toStrictEqual(misused(usage));
  expect(await account(url, ["--help"])).toStrictEqual(done(usage));
  expect(await account(url)).toStrictEqual(done(nothingKnown));
});
