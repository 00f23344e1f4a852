/** Colours by meaning, each with a light and a dark value; the charts read them by name. Paper is always light. */
export const comparisonStyle: string = `
:root { color-scheme: light dark; --paper: #f6f7f9; --card: #fff; --ink: #16202c; --soft: #55616e; --line: #dfe4ea;
  --good: #11713f; --bad: #b92727; --unsure: #875500; --good-ground: #e5f5ec; --bad-ground: #fdeaea; --unsure-ground: #fdf3dc;
  --base: #1f5fbf; --candidate: #b8540b; --accent: #1f5fbf; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #10151b; --card: #19212a; --ink: #e8edf2; --soft: #a3b0bd; --line: #2c3743;
    --good: #4fd08a; --bad: #ff8a82; --unsure: #f0b54a; --good-ground: #12301f; --bad-ground: #3a1a1a; --unsure-ground: #33270f;
    --base: #7fb2ff; --candidate: #f5a552; --accent: #7fb2ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 12px; top: -60px; padding: 8px 14px; background: var(--card); color: var(--accent); z-index: 2; }
.skip:focus { top: 8px; }
main, header, footer { max-width: 1280px; margin: 0 auto; padding: 0 20px; }
main:focus { outline: none; }
header { padding-top: 18px; padding-bottom: 12px; color: var(--soft); font-size: 14px; }
header strong { color: var(--ink); font-size: 17px; margin-right: 8px; }
footer { padding-top: 8px; padding-bottom: 28px; color: var(--soft); font-size: 13px; }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; }
h2 { font-size: 17px; margin-bottom: 10px; }
h3 { font-size: 15px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin-bottom: 16px; }
.verdict { border-left-width: 8px; }
.verdict h1 { font-size: 30px; line-height: 1.25; }
.verdict h1::first-letter { text-transform: uppercase; }
.verdict.good { border-color: var(--good); background: var(--good-ground); }
.verdict.bad { border-color: var(--bad); background: var(--bad-ground); }
.verdict.unsure { border-color: var(--unsure); background: var(--unsure-ground); }
.figures { display: flex; flex-wrap: wrap; gap: 4px 36px; margin-top: 10px; }
.figures dt { color: var(--soft); font-size: 13px; }
.figures dd { font-size: 24px; font-weight: 650; }
.good { color: var(--good); } .bad { color: var(--bad); } .unsure { color: var(--unsure); }
.verdict { color: var(--ink); }
.pair { display: grid; gap: 16px; grid-template-columns: 1fr 1fr; }
.pair > section { min-width: 0; }
@media (max-width: 900px) { .pair { display: block; } }
figcaption p, .legend { color: var(--soft); font-size: 13px; }
.plot { min-height: 280px; overflow: hidden; }
.key { display: flex; gap: 18px; list-style: none; padding: 0; font-size: 13px; margin-top: 4px; }
.key span { display: inline-block; width: 22px; height: 0; border-top: 3px solid; margin-right: 6px; vertical-align: middle; }
.key .base { border-color: var(--base); } .key .candidate { border-color: var(--candidate); border-top-style: dashed; }
.at { color: var(--soft); font-size: 13px; min-height: 1.5em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 400; }
.right { text-align: right; } td.right { white-space: nowrap; }
.left { min-width: 8em; max-width: 28em; } .left, .right { overflow-wrap: break-word; }
ul { padding-left: 20px; } li { margin-top: 4px; }
dl.facts { display: grid; grid-template-columns: minmax(7em, max-content) minmax(0, 1fr); gap: 4px 16px; }
dl.facts dt { color: var(--soft); max-width: 24em; }
details summary { cursor: pointer; color: var(--soft); }
.u-hz .u-cursor-x, .u-hz .u-cursor-y { border-color: var(--soft); }
@media (max-width: 600px) {
  main, header, footer { padding-left: 12px; padding-right: 12px; } section { padding: 12px; }
  th, td { padding-right: 10px; font-size: 13px; } dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: 8px; }
}
@media print { body { background: #fff; } .skip, .at { display: none; } section, tr, .plot { break-inside: avoid; } .scroll { overflow: visible; } }
`
