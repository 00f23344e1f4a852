/** Colours by meaning, each with a light and a dark value; the charts read them by name. */
export const pageStyle: string = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #5b6876; --line: #dfe4ea; --accent: #1f5fbf;
  --good: #14804a; --bad: #c22f2f; --unsure: #9a6200;
  --good-ground: #e5f5ec; --bad-ground: #fdeaea; --unsure-ground: #fdf3dc;
  --offered: #8a97a6; --sent: #1f5fbf; --p50: #4f9bd9; --p90: #1f6fb5; --p99: #7a3fb5; --p999: #c2388f;
  --s502: #d03838; --s503: #d97a1d; --s504: #9c4fb0; --other: #7d6b3f; --failed: #3d4f66; --unsent: #8a97a6;
  --rising: #1f5fbf; --plateau: #7a3fb5; --held: #14804a; --gave-way: #d03838; --rest: #aab4bf; --void: #d97a1d;
  --knee: #14804a; --onset: #d03838; --stage: #aab4bf;
  --knee-band: rgba(20, 128, 74, .14); --warm-up-band: rgba(120, 134, 150, .12); --invalid-band: rgba(217, 122, 29, .18);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10151b; --card: #19212a; --ink: #e8edf2; --soft: #9aa8b6; --line: #2c3743; --accent: #7fb2ff;
    --good: #4fd08a; --bad: #ff7b72; --unsure: #f0b54a;
    --good-ground: #12301f; --bad-ground: #3a1a1a; --unsure-ground: #33270f;
    --offered: #8493a3; --sent: #7fb2ff; --p50: #6cb8f2; --p90: #4a94d8; --p99: #b48af0; --p999: #f07fc4;
    --s502: #ff7b72; --s503: #f5a552; --s504: #d08be0; --other: #c9b27a; --failed: #b6c4d4; --unsent: #8493a3;
    --rising: #7fb2ff; --plateau: #b48af0; --held: #4fd08a; --gave-way: #ff7b72; --rest: #4b5866; --void: #f5a552;
    --knee: #4fd08a; --onset: #ff7b72; --stage: #4b5866;
    --knee-band: rgba(79, 208, 138, .18); --warm-up-band: rgba(140, 155, 170, .14); --invalid-band: rgba(245, 165, 82, .2);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
main, header, footer { max-width: 1480px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 18px; padding-bottom: 12px; color: var(--soft); font-size: 14px; }
header strong { color: var(--ink); font-size: 17px; margin-right: 8px; }
footer { padding-top: 8px; padding-bottom: 28px; color: var(--soft); font-size: 13px; }
h1, h2, h3, p, dl, dd, ul, ol, figure { margin: 0; }
h2 { font-size: 16px; margin-bottom: 10px; }
h3 { font-size: 15px; margin-top: 12px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin-bottom: 16px; }
.soft { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); } .unsure { color: var(--unsure); }
.verdict { color: var(--ink); border-left-width: 8px; }
.verdict.good { border-color: var(--good); background: var(--good-ground); }
.verdict.bad { border-color: var(--bad); background: var(--bad-ground); }
.verdict.unsure { border-color: var(--unsure); background: var(--unsure-ground); }
.verdict h1 { font-size: 30px; line-height: 1.2; }
.verdict h1::first-letter { text-transform: uppercase; }
.verdict p { font-size: 18px; margin-top: 2px; }
.verdict .ending { font-size: 15px; color: var(--unsure); }
.cards { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 290px), 1fr)); margin-bottom: 16px; }
.cards > section { margin: 0; }
.number .label { color: var(--soft); font-size: 14px; }
.number .value { font-size: 28px; line-height: 1.25; font-weight: 650; }
.number.words .value { font-size: 20px; line-height: 1.4; padding: 2px 0 3px; }
.number .note { color: var(--soft); font-size: 13px; margin-top: 8px; }
.number .detail { color: var(--soft); font-size: 14px; }
.doubt { background: var(--unsure-ground); border-color: var(--unsure); }
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
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: 13px; white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
.right { text-align: right; white-space: nowrap; }
td.left { min-width: 6em; max-width: 26em; }
th:last-child, td:last-child { padding-right: 0; }
dl { display: grid; grid-template-columns: minmax(7em, max-content) 1fr; gap: 4px 16px; }
dt { color: var(--soft); }
p + dl, dl + p { margin-top: 8px; }
.legend { color: var(--soft); font-size: 13px; margin-top: 8px; }
.charts { display: grid; gap: 20px 24px; grid-template-columns: 1fr 1fr; }
@media (max-width: 860px) { .charts { grid-template-columns: 1fr; } }
figure { min-width: 0; }
figcaption { font-weight: 600; font-size: 14px; margin-bottom: 6px; }
figcaption span { display: block; font-weight: 400; font-size: 13px; color: var(--soft); }
.plot { min-height: 300px; overflow: hidden; }
.u-legend { font-size: 12px; color: var(--soft); text-align: left; }
.u-legend.u-inline .u-series { vertical-align: top; }
.u-legend th, .u-legend td { border: 0; padding: 1px 4px 1px 0; white-space: nowrap; font-size: 12px; }
.u-legend .u-series > td { min-width: 3.4em; }
.u-legend .u-marker { margin-right: 5px; }
details summary { cursor: pointer; color: var(--soft); }
details > summary h2 { display: inline; color: var(--ink); }
details[open] > summary { margin-bottom: 8px; }
@media (max-width: 700px) {
  main, header, footer { padding-left: 12px; padding-right: 12px; }
  section { padding: 14px; }
  .extra { display: none; }
  th, td { padding-right: 7px; font-size: 12px; }
  td.left { min-width: 5em; }
  .verdict h1 { font-size: 25px; } .verdict p { font-size: 16px; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; }
  .stacked thead { display: none; }
  .stacked tr { display: block; border-bottom: 1px solid var(--line); padding: 6px 0; }
  .stacked td { display: block; border: 0; padding: 1px 0; }
}
@media print {
  body { background: #fff; font-size: 12px; }
  section { break-inside: avoid; border-color: #bbb; }
  .charts { grid-template-columns: 1fr; }
  figure { break-inside: avoid; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
}
`
