import { expect, it } from "vitest";
import { html, markupIn } from "./html.ts";

it("writes what it is given as text, in elements and in attributes", () => {
  const hostile = `"><script>alert('&')</script>`;
  expect(markupIn(html`<p title="${hostile}">${hostile}</p>`)).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>',
  );
});

it("keeps what a template has made, alone and in lists, and writes nothing for what is absent", () => {
  const items = ["<a>", "b"].map((name) => html`<li>${name}</li>`);
  expect(markupIn(html`[${items}${undefined}${false}${0}]`)).toBe("[<li>&lt;a&gt;</li><li>b</li>0]");
});

it("takes nothing that only looks like markup of its own", () => {
  const forged = JSON.parse('[{"markup":"<b>","html":"<b>"}]') as never;
  expect(() => markupIn(html`${forged}`)).toThrow();
});
