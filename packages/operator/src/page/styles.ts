/** Every pair of text and ground has a contrast of at least 4.5 : 1, by light and by dark. */
export const styles = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f4; --paper: #ffffff; --text: #16211d; --quiet: #51605a; --edge: #cbd4cf;
  --accent: #0b6e5f; --on-accent: #ffffff; --soft: #dff1ec; --trouble: #a32a1c; --trouble-soft: #fcebe8; --on-trouble: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131917; --paper: #1f2825; --text: #e8efec; --quiet: #a3b3ac; --edge: #3a4842;
    --accent: #5cc9b0; --on-accent: #06231c; --soft: #16362f; --trouble: #ffa396; --trouble-soft: #42201b; --on-trouble: #2b0a06;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  text-size-adjust: 100%; -webkit-text-size-adjust: 100%;
}
h1, h2 { line-height: 1.25; margin: 0 0 .5rem; }
h1 { margin-bottom: .75rem; font-size: 1.625rem; }
h2 { font-size: 1.125rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; background: var(--paper); padding: .5rem 1rem; }
.skip:focus { left: .5rem; top: .5rem; z-index: 2; }
.quiet { color: var(--quiet); font-size: .875rem; }
.id { font: .8125rem/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: break-word; }

body > header {
  position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem;
  padding: .5rem max(1rem, calc((100vw - 76rem) / 2)); border-bottom: 1px solid var(--edge); background: var(--paper);
}
.brand { margin: 0; font-weight: 700; }
.brand a { color: inherit; text-decoration: none; display: inline-block; padding: .375rem 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
nav > ul > li > a, summary { display: inline-block; padding: .375rem .625rem; border-radius: .5rem; color: inherit; text-decoration: none; }
nav > ul > li > a:hover, summary:hover { background: var(--soft); }
nav [aria-current] { background: var(--soft); color: var(--accent); font-weight: 600; }
summary { cursor: pointer; }
details { position: relative; }
details > ul {
  position: absolute; z-index: 1; display: block; width: max-content; max-width: calc(100vw - 2rem); padding: .375rem;
  border: 1px solid var(--edge); border-radius: .75rem; background: var(--paper); box-shadow: 0 8px 28px rgb(0 0 0 / 25%);
}
details > ul a { display: block; padding: .5rem .75rem; border-radius: .5rem; color: inherit; text-decoration: none; }
details > ul a:hover { background: var(--soft); }
.person { display: flex; align-items: center; gap: .75rem; margin-left: auto; font-size: .875rem; overflow-wrap: anywhere; }
.person form { flex: none; }
.badge, .count {
  display: inline-block; padding: 0 .5rem; border-radius: 1rem; background: var(--soft); color: var(--accent);
  font-size: .8125rem; font-weight: 600;
}
main { padding: 1.25rem max(1rem, calc((100vw - 76rem) / 2)) 4rem; }
section {
  margin: 0 0 1rem; padding: 1rem; border: 1px solid var(--edge); border-radius: .875rem; background: var(--paper);
}
section > :last-child, form > :last-child, .notice > :last-child { margin-bottom: 0; }
.needed { border-left: 5px solid var(--trouble); }
.needed .count { background: var(--trouble-soft); color: var(--trouble); }
.well { padding: .75rem 1rem; border-radius: .875rem; background: var(--soft); color: var(--accent); font-weight: 600; }
.notice { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .875rem; border: 1px solid currentColor; overflow-wrap: anywhere; }
.good { background: var(--soft); color: var(--accent); }
.bad { background: var(--trouble-soft); color: var(--trouble); }

table { width: 100%; margin: 0 0 .75rem; border-collapse: collapse; font-size: .9375rem; }
th { padding: .375rem .75rem .375rem 0; color: var(--quiet); font-size: .8125rem; font-weight: 600; text-align: left; vertical-align: bottom; }
td { padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--edge); vertical-align: top; overflow-wrap: break-word; }
.long { overflow-wrap: anywhere; }
.void { color: var(--quiet); }
td time { white-space: nowrap; }
td .button { margin-bottom: .25rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .5rem 1.5rem; margin: 0 0 .75rem; }
dt { color: var(--quiet); font-size: .8125rem; }
dd { margin: 0; overflow-wrap: anywhere; }

button, input { font: inherit; color: inherit; }
button, .button {
  display: inline-block; min-height: 2.25rem; padding: .3125rem .875rem; border: 1px solid var(--edge); border-radius: .625rem;
  background: var(--paper); color: var(--accent); font-size: .9375rem; font-weight: 600; line-height: 1.5; text-decoration: none; white-space: nowrap; cursor: pointer;
}
button:hover, .button:hover { border-color: currentColor; }
.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.final { border-color: transparent; background: var(--trouble); color: var(--on-trouble); }
.offers { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin-bottom: .75rem; }
td .offers { margin: 0; gap: .375rem; }
input {
  min-height: 2.25rem; padding: .25rem .625rem; border: 1px solid var(--quiet); border-radius: .625rem; background: var(--paper); max-width: 100%;
}
form { margin: 0; }
.line { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; margin-bottom: .75rem; }
.line #order-id { flex: 1 1 16rem; max-width: 26rem; }
.pair { display: flex; align-items: center; gap: .5rem; }
.pair label { min-width: 2.75rem; }
.field { display: grid; gap: .25rem; max-width: 26rem; }
.narrow { max-width: 26rem; margin-bottom: 1rem; padding: 1rem; border: 1px solid var(--edge); border-radius: .875rem; background: var(--paper); }
.pager { display: flex; gap: 1.5rem; }

@media (max-width: 47.98rem) {
  .person { width: 100%; margin-left: 0; justify-content: space-between; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { padding: .5rem 0; border-top: 1px solid var(--edge); }
  tbody tr:first-child { border-top: 0; }
  td { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .75rem; padding: .1875rem 0; border: 0; }
  td.void { display: none; }
  details { position: static; }
  details > ul { right: 1rem; left: 1rem; width: auto; }
  td::before { content: attr(data-title); color: var(--quiet); font-size: .875rem; }
  button, .button, input { min-height: 2.75rem; padding-top: .5rem; padding-bottom: .5rem; }
  summary, nav > ul > li > a { padding: .5625rem .625rem; }
}
`.trimStart();
