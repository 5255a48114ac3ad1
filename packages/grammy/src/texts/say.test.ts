import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { recordingLog } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import type { Translate } from "./catalog.ts";
import { english } from "./english.ts";
import { russian } from "./russian.ts";
import { sayIn } from "./say.ts";

const trouble = { en: english.trouble(), ru: russian.trouble() };

describe("a text", () => {
  it("is ours in the language asked for, else in English", () => {
    const say = sayIn({});
    const said = ["en", "ru", "ru-RU", "RU", "ru_RU", "tlh", "", "constructor"].map((locale) => say(locale, "trouble"));
    const { en, ru } = trouble;
    expect(said).toStrictEqual([en, ru, ru, ru, ru, en, en, en]);
  });

  it("is the hook's before the override of the locale, before ours, before the override in English", () => {
    const ask: Translate = (key, _given, { locale }) =>
      key === "trouble" && locale === "ru" ? "from the hook" : undefined;
    const override = (from: string) => ({ trouble: () => from, "cancel.nothing": () => from });
    const all = sayIn({ translate: ask, texts: { ru: override("ru override"), en: override("en override") } });
    expect(all("ru", "trouble")).toBe("from the hook");
    expect(all("ru", "cancel.nothing")).toBe("ru override");
    expect(all("en", "trouble")).toBe("en override");
    expect(all("de", "trouble")).toBe("en override");
    expect(all("ru", "avatars.empty")).toBe(russian["avatars.empty"]());
    expect(all("de", "avatars.empty")).toBe(english["avatars.empty"]());
    const inEnglish = sayIn({ texts: { en: override("en override") } });
    expect(inEnglish("ru", "trouble")).toBe(trouble.ru);
  });

  it("is the more exact locale's first", () => {
    const say = sayIn({ texts: { pt: { trouble: () => "pt" }, "pt-BR": { trouble: () => "pt-BR" } } });
    const said = ["pt-br", "pt-BR", "pt_BR", "pt-PT", "pt", "p"].map((locale) => say(locale, "trouble"));
    expect(said).toStrictEqual(["pt-BR", "pt-BR", "pt-BR", "pt", "pt", trouble.en]);
  });

  it("is made from what the caller gives, by a hook as by an override", () => {
    const { bold } = FormattedString;
    const say = sayIn({
      translate: (key, given) => (key === "menu" ? `menu ${JSON.stringify(given)}` : undefined),
      texts: { en: { ready: ({ name }) => fmt`Voilà ${bold(name)}` } },
    });
    expect(say("en", "menu", { avatars: 3 })).toBe('menu {"avatars":3}');
    expect(say("en", "ready", { name: "Ada", model: "stored" })).toMatchObject({
      text: "Voilà Ada",
      entities: [{ type: "bold", offset: 6, length: 3 }],
    });
  });

  it("is plain where only a plain one goes", () => {
    const say = sayIn({ translate: () => ({ text: "Vite", entities: [{ type: "bold", offset: 0, length: 4 }] }) });
    expect(say("fr", "button.train")).toBe("Vite");
    expect(say("fr", "toast.old-button")).toBe("Vite");
    expect(say("fr", "command.start")).toBe("Vite");
    expect(say("fr", "trouble")).toStrictEqual({ text: "Vite", entities: [{ type: "bold", offset: 0, length: 4 }] });
  });
});

describe("a host's function that has no text", () => {
  it("costs no message when it throws, and is logged", () => {
    const log = recordingLog();
    const fails = () => {
      throw new Error("no bundle");
    };
    const say = sayIn({ translate: fails, texts: { ru: { trouble: fails } } }, log);
    expect(say("ru", "trouble")).toBe(trouble.ru);
    expect(log.entries).toMatchObject([
      { level: "warn", fields: { key: "trouble", locale: "ru", problem: "no bundle" } },
      { level: "warn", fields: { key: "trouble", locale: "ru", problem: "no bundle" } },
    ]);
  });

  it.each([
    ["null", null],
    ["number", 5],
    ["object", Promise.resolve("later")],
    ["object", { text: "no entities" }],
  ])("is passed over and logged when it gives what is no text: %s", (kind, answer) => {
    const log = recordingLog();
    const translate = (() => answer) as unknown as Translate;
    expect(sayIn({ translate }, log)("en", "trouble")).toBe(trouble.en);
    expect(log.entries).toMatchObject([{ level: "warn", fields: { problem: `expected a text, got ${kind}` } }]);
  });

  it.each(["", "  \n", { text: " ", entities: [] }])("leaves it to us when its text is empty: %j", (empty) => {
    const log = recordingLog();
    expect(sayIn({ translate: () => empty }, log)("en", "trouble")).toBe(trouble.en);
    expect(log.entries).toStrictEqual([]);
  });
});

it("knows at compile time which texts there are and what they are made from", () => {
  const say = sayIn({});
  const wrong = [
    // @ts-expect-error no such text
    () => say("en", "redy", { name: "Ada" }),
    // @ts-expect-error a name is needed
    () => say("en", "ready"),
    // @ts-expect-error of another kind
    () => say("en", "ready", { name: 5, model: "stored" }),
    // @ts-expect-error nothing more is needed
    () => say("en", "ready", { nam: "Ada", model: "stored" }),
    // @ts-expect-error no such reason
    () => say("en", "failed", { name: "Ada", reason: "bad luck" }),
    // @ts-expect-error an override of no text
    () => sayIn({ texts: { de: { redy: () => "fertig" } } }),
    // @ts-expect-error a button is plain
    () => sayIn({ texts: { de: { "button.train": () => fmt`los` } } }),
    // @ts-expect-error an override that needs what is not given
    () => sayIn({ texts: { de: { ready: ({ title }: { title: string }) => title } } }),
  ];
  expect(wrong).toHaveLength(8);
});
