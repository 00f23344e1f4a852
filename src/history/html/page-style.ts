/** Light and dark screens, phones and paper; the charts read the colours by name. */
export const pageStyle: string = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #55616e; --line: #dfe4ea;
  --good: #11713f; --bad: #b92727; --unsure: #875500; --knee: #1f5fbf; --level: #7a3fb5; --band: rgba(31, 95, 191, .16);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #10151b; --card: #19212a; --ink: #e8edf2; --soft: #a3b0bd; --line: #2c3743;
    --good: #4fd08a; --bad: #ff8a82; --unsure: #f0b54a; --knee: #7fb2ff; --level: #c09bf5; --band: rgba(127, 178, 255, .2);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
:focus-visible { outline: 3px solid var(--knee); outline-offset: 2px; border-radius: 3px; }
main, footer { max-width: 1280px; margin: 0 auto; padding: 0 20px; }
h1 { font-size: 24px; margin: 18px 0 4px; } h2 { font-size: 18px; margin: 0; }
p, ul, figure { margin: 6px 0; } ul { padding-left: 20px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin: 16px 0; }
footer, .soft { color: var(--soft); font-size: 13px; } footer { padding-bottom: 28px; }
.good { color: var(--good); } .bad { color: var(--bad); } .unsure { color: var(--unsure); }
.changes .good, .changes .bad { font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.plot { min-height: 280px; overflow: hidden; }
.at { min-height: 1.5em; margin: 0; font-size: 13px; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 600; } .right { text-align: right; }
.u-hz .u-cursor-x, .u-vt .u-cursor-y, .u-hz .u-cursor-y, .u-vt .u-cursor-x { border-color: var(--soft); }
@media (max-width: 700px) { main, footer { padding: 0 12px; } section { padding: 12px; } }
@page { margin: 14mm 12mm; }
@media print {
  body { background: #fff; font-size: 12px; }
  .at { display: none; } .scroll { overflow: visible; } .plot, tr { break-inside: avoid; }
  th, td { padding-right: 6px; font-size: 9px; white-space: normal; }
  .uplot, .u-wrap, .uplot canvas { width: 100% !important; height: auto !important; }
}
`
