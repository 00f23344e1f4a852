/** Everything but colours, charts and paper. */
export const pageLayout: string = `
* { box-sizing: border-box; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 12px; top: -60px; padding: 8px 14px; background: var(--card); color: var(--accent); z-index: 2; }
.skip:focus { top: 8px; }
main, header, footer { max-width: 1480px; margin: 0 auto; padding: 0 20px; }
main:focus { outline: none; }
header { padding-top: 18px; padding-bottom: 12px; color: var(--soft); font-size: 14px; }
header strong { color: var(--ink); font-size: 17px; margin-right: 8px; }
footer { padding-top: 8px; padding-bottom: 28px; color: var(--soft); font-size: 13px; }
h1, h2, h3, p, dl, dd, ul, ol, figure { margin: 0; }
h2 { font-size: 17px; margin-bottom: 10px; line-height: 1.3; }
h3 { font-size: 15px; margin-top: 12px; }
figure + p { margin-top: 14px; }
a { color: var(--accent); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin-bottom: 16px; scroll-margin-top: 12px; }
.soft { color: var(--soft); font-weight: 400; }
.good { color: var(--good); } .bad { color: var(--bad); } .unsure { color: var(--unsure); }
.verdict { color: var(--ink); border-left-width: 8px; }
.verdict.good { border-color: var(--good); background: var(--good-ground); }
.verdict.bad { border-color: var(--bad); background: var(--bad-ground); }
.verdict.unsure { border-color: var(--unsure); background: var(--unsure-ground); }
.verdict h1 { font-size: 32px; line-height: 1.2; }
.verdict h1::first-letter { text-transform: uppercase; }
.verdict p { font-size: 18px; margin-top: 2px; }
.verdict .ending { font-size: 15px; color: var(--unsure); }
.cards { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 290px), 1fr)); margin-bottom: 16px; }
.cards > section { margin: 0; }
.number h2 { color: var(--ink); font-size: 15px; font-weight: 600; margin: 0; }
.number .gloss { color: var(--soft); font-size: 13px; line-height: 1.35; }
.number .value { font-size: 30px; line-height: 1.25; font-weight: 650; }
.number.words .value { font-size: 21px; line-height: 1.4; padding: 2px 0 3px; }
.number .note { color: var(--soft); font-size: 13px; margin-top: 8px; }
.number .detail { color: var(--soft); font-size: 14px; }
.doubt { background: var(--unsure-ground); border-color: var(--unsure); }
nav { margin: 0 0 16px; font-size: 14px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; }
nav li { margin: 0; }
nav a { display: inline-block; padding: 3px 0; }
.pair { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); align-items: start; margin-bottom: 16px; }
.pair > section, .pair > div > section:last-child { margin-bottom: 0; }
ul, ol { padding-left: 20px; }
li { margin-top: 4px; }
strong { white-space: nowrap; }
header strong { white-space: normal; }
code, pre { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
pre { margin: 6px 0 0; padding: 8px 10px; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { overflow-wrap: normal; }
thead th { color: var(--soft); font-weight: 600; font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody tr:last-child > * { border-bottom: 0; }
.right { text-align: right; }
td.right, tbody th.right { white-space: nowrap; }
.left { min-width: 5em; max-width: 30em; }
td.left, tbody th.left { min-width: 8.5em; }
.right + .left { padding-left: 8px; }
h3 + dl { margin-top: 4px; }
th:last-child, td:last-child { padding-right: 0; }
dl { display: grid; grid-template-columns: minmax(7em, max-content) 1fr; gap: 4px 16px; }
dt { color: var(--soft); }
p + dl, dl + p { margin-top: 8px; }
.legend, .hint { color: var(--soft); font-size: 13px; margin-top: 8px; }
.hint { margin: 0 0 12px; }
details summary { cursor: pointer; color: var(--soft); }
details > summary h2 { display: inline; color: var(--ink); }
details[open] > summary { margin-bottom: 8px; }
@media (max-width: 700px) {
  main, header, footer { padding-left: 12px; padding-right: 12px; }
  section { padding: 14px; }
  th, td { padding-right: 10px; font-size: 13px; }
  .left, tbody th.left { min-width: 5em; max-width: 24em; }
  .verdict h1 { font-size: 27px; } .verdict p { font-size: 16px; }
  .cards { gap: 10px; } .number { padding: 10px 14px; } .number .value { font-size: 26px; }
  /* A shadow at the side where a table goes on. */
  .scroll { background:
    linear-gradient(to right, var(--card) 40%, transparent) left / 40px 100% no-repeat local,
    linear-gradient(to left, var(--card) 40%, transparent) right / 40px 100% no-repeat local,
    linear-gradient(to right, var(--stage), transparent) left / 8px 100% no-repeat scroll,
    linear-gradient(to left, var(--stage), transparent) right / 8px 100% no-repeat scroll; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; }
  .stacked thead { display: none; }
  .stacked tr { display: block; border-bottom: 1px solid var(--line); padding: 6px 0; }
  .stacked td, .stacked th { display: block; border: 0; padding: 1px 0; }
}
`
