/** Paper: everything unfolded, charts as wide as the paper and never cut, nothing that only a screen can do. */
export const printStyle: string = `
@page { margin: 14mm 12mm; }
@media print {
  body { background: #fff; font-size: 12px; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .skip, nav, .hint, .keys .at, .key .value, .u-over, .u-under { display: none; }
  section { border-color: #bbb; break-inside: auto; }
  .verdict, .number, .doubt, figure > .plot, tr, li, pre { break-inside: avoid; }
  h2, h3, figcaption, summary { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .cards { grid-template-columns: repeat(3, 1fr); }
  .number .value { font-size: 20px; } .number.words .value { font-size: 16px; }
  .axes, .pair { display: block; }
  .axes > section, .pair > section, .pair > div > section:last-child { margin-bottom: 16px; }
  .scroll { overflow: visible; background: none; }
  th, td { padding: 2px 6px 2px 0; font-size: 9.5px; }
  td.right, tbody th.right { white-space: normal; }
  .left, td.left { min-width: 0; max-width: 14em; overflow-wrap: anywhere; }
  th { font-size: 9px !important; }
  .scroll table { width: 100%; }
  figure details table { width: auto; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { list-style: none; }
  .uplot, .u-wrap { width: 100% !important; height: auto !important; }
  .uplot canvas { width: 100% !important; height: auto !important; max-height: 90vh; }
  .key { padding: 0 6px; min-height: 0; }
}
`
