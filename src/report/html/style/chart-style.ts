import { heatShades } from '../page-script.ts'

/** Charts with their legends. */
export const chartStyle: string = `
.axes { display: grid; gap: 16px; grid-template-columns: 1fr 1fr; align-items: start; margin-bottom: 16px; }
.axes > section { margin: 0; min-width: 0; }
@media (max-width: 960px) { .axes { grid-template-columns: 1fr; } }
figure { min-width: 0; }
figure + figure { margin-top: 18px; padding-top: 14px; border-top: 1px solid var(--line); }
figcaption { margin-bottom: 6px; }
figcaption h3 { margin: 0; }
figcaption p { font-size: 13px; color: var(--soft); }
.plot { min-height: 260px; overflow: hidden; }
.u-over { cursor: crosshair; }
.u-select { background: var(--accent); opacity: .18; }
.u-hz .u-cursor-x, .u-vt .u-cursor-y, .u-hz .u-cursor-y, .u-vt .u-cursor-x { border-color: var(--soft); }
.keys { font-size: 13px; color: var(--soft); display: flex; flex-wrap: wrap; gap: 2px 4px; padding-left: 10px; }
.keys .at { width: 100%; height: 22px; margin-top: -22px; text-align: right; padding-right: 4px; font-variant-numeric: tabular-nums; pointer-events: none; }
.key { font: inherit; color: var(--ink); background: none; border: 0; border-radius: 5px; padding: 2px 6px; min-height: 26px; cursor: pointer; text-align: left; }
.key:hover { background: var(--paper); }
.key[aria-pressed='false'] { color: var(--soft); text-decoration: line-through; }
.key[aria-pressed='false'] .swatch { opacity: .3; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: 6px; }
.key .value { display: inline-block; min-width: 3.2em; margin-left: 6px; color: var(--soft); font-variant-numeric: tabular-nums; }
.shades { display: flex; flex-wrap: wrap; gap: 2px 14px; list-style: none; padding: 0 0 0 16px; margin: 2px 0 6px; font-size: 13px; color: var(--soft); }
.shades li { margin: 0; }
.shades .swatch { background: var(--heat); width: 1.2em; }
${heatShades.map((shade, index) => `.shade-${index + 1} { opacity: ${shade}; }`).join('\n')}
figure details { font-size: 14px; margin-top: 2px; padding-left: 16px; }
figure details table { width: auto; font-size: 13px; }
figure details th, figure details td { padding: 3px 14px 3px 0; }
figure details p { margin-bottom: 8px; max-width: 75ch; }
`
