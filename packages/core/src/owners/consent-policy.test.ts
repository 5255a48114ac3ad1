import { describe, expect, it } from "vitest";
import { checkConsent, wordingIn, type ConsentStatement } from "./consent-policy.ts";
import { defaultConsent } from "./default-consent.ts";

const statement: ConsentStatement = { key: "photos", text: { en: "They are mine.", "pt-BR": "São minhas." } };
const asking = (...statements: readonly ConsentStatement[]) => ({ version: "1", statements });

describe("the wording of a consent", () => {
  it.each([
    ["en", "en"],
    ["pt-BR", "pt-BR"],
    ["pt_br", "pt-BR"],
    ["pt", "en"],
    ["kk-KZ", "en"],
    ["", "en"],
  ])("for %j is that in %s", async (locale, served) => {
    expect(await wordingIn(asking(statement), locale)).toMatchObject({ locale: served, version: "1" });
  });

  it("has another hash with another sentence, label, key or order, and the same one in another version", async () => {
    const hashOf = async (...statements: readonly ConsentStatement[]) =>
      (await wordingIn(asking(...statements), "en")).textHash;
    const adult: ConsentStatement = { key: "adult", text: { en: "I am 18." } };
    const hashes = await Promise.all([
      hashOf(statement),
      hashOf({ ...statement, key: "mine" }),
      hashOf({ ...statement, label: { en: "Mine" } }),
      hashOf({ ...statement, text: { en: "They are my own." } }),
      hashOf(statement, adult),
      hashOf(adult, statement),
    ]);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(await wordingIn({ version: "2", statements: [statement] }, "en")).toMatchObject({ textHash: hashes[0] });
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("what a host asks for", () => {
  it("is the default, or elsewhere, or its own", () => {
    for (const policy of [defaultConsent, "elsewhere", asking(statement)] as const)
      expect(checkConsent(policy)).toBe(policy);
  });

  it.each([
    ["needs a version", { ...asking(statement), version: " " }],
    ["one to five statements", asking()],
    ["the same key", asking(statement, statement)],
    ["needs a key", asking({ ...statement, key: "My photos" })],
    ["needs its text in English", asking({ ...statement, text: { en: " " } })],
    ["needs its label in English", asking({ ...statement, label: { en: "" } })],
    ["not in the same languages", asking(statement, { key: "adult", text: { en: "I am 18." } })],
    ["a label that is not in the languages", asking({ ...statement, label: { en: "Mine" } })],
    ["longer than", asking({ ...statement, text: { en: "x".repeat(501), "pt-BR": "x" } })],
  ])("throws for a mistake: %s", (problem, policy) => {
    expect(() => checkConsent(policy)).toThrow(problem);
  });
});
