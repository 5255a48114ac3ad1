import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { parseHtml } from "./parse-html.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { parseMarkdownV2 } from "./parse-markdown-v2.ts";

describe("HTML", () => {
  it("becomes text and entities", () => {
    expect(
      parseHtml('Ә <b>b <i>i</i></b> &lt;&#33;&#x41;&quot;&amp;&nbsp <a href="https://x.yz/?a=1">l</a><u></u>'),
    ).toStrictEqual(
      ok({
        text: 'Ә b i <!A"&&nbsp l',
        entities: [
          { type: "italic", offset: 4, length: 1 },
          { type: "bold", offset: 2, length: 3 },
          { type: "text_link", offset: 17, length: 1, url: "https://x.yz/?a=1" },
        ],
      }),
    );
  });

  it.each([
    ["<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'],
    ["Ә<script>a</script>", 'Unsupported start tag "script" at byte offset 2'],
    ["<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'],
    ["a</b>", "Unexpected end tag at byte offset 1"],
    ["1 < 2", "Unclosed start tag at byte offset 2"],
  ])("is refused: %s", (text, problem) => {
    expect(parseHtml(text)).toStrictEqual(err(problem));
  });
});

describe("Markdown", () => {
  it("becomes text and entities", () => {
    expect(parseMarkdown("Ә *b* _i_ `c` ```p``` [l](https://x.yz) \\_ [n]")).toStrictEqual(
      ok({
        text: "Ә b i c p l _ n",
        entities: [
          { type: "bold", offset: 2, length: 1 },
          { type: "italic", offset: 4, length: 1 },
          { type: "code", offset: 6, length: 1 },
          { type: "pre", offset: 8, length: 1 },
          { type: "text_link", offset: 10, length: 1, url: "https://x.yz" },
        ],
      }),
    );
  });

  it.each(["_", "*", "`", "["])("is refused with an open %s", (sign) => {
    expect(parseMarkdown(`Ә ${sign}a`)).toStrictEqual(err("Can't find end of the entity starting at byte offset 3"));
  });
});

describe("MarkdownV2", () => {
  it("becomes text and entities", () => {
    expect(parseMarkdownV2("*b _i_* __u__ ~s~ ||p|| `c.` [l](https://x.yz/\\)) \\.")).toStrictEqual(
      ok({
        text: "b i u s p c. l .",
        entities: [
          { type: "italic", offset: 2, length: 1 },
          { type: "bold", offset: 0, length: 3 },
          { type: "underline", offset: 4, length: 1 },
          { type: "strikethrough", offset: 6, length: 1 },
          { type: "spoiler", offset: 8, length: 1 },
          { type: "code", offset: 10, length: 2 },
          { type: "text_link", offset: 13, length: 1, url: "https://x.yz/)" },
        ],
      }),
    );
  });

  it.each([
    ["*unclosed", "Can't find end of Bold entity at byte offset 0"],
    ["Ә _a", "Can't find end of Italic entity at byte offset 3"],
    ["hello.", "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ["a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"],
  ])("is refused: %s", (text, problem) => {
    expect(parseMarkdownV2(text)).toStrictEqual(err(problem));
  });
});
