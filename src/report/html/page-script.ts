import { formatNumber } from '../../units/format.ts'
import { chartKeys } from './script/chart-keys.ts'
import { chartLayers } from './script/chart-layers.ts'
import { chartOptions } from './script/chart-options.ts'
import { onPaper } from './script/on-paper.ts'

/** How dark each level of a heat map is, from 1 to 7: opacities, for the canvas and for its legend alike. */
export const heatShades: readonly number[] = [0.1, 0.2, 0.32, 0.46, 0.62, 0.8, 1]

/**
 * Draws each chart of the embedded figures with uPlot, whose script stands before this one. It chooses no words and no
 * numbers. Those are written by the same function as everywhere else: its own text is part of the page.
 */
export const pageScript: string = `
'use strict';
(() => {
const formatNumber = ${formatNumber.toString()};
const SHADES = ${JSON.stringify(heatShades)};
const charts = JSON.parse(document.getElementById('figures').textContent);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const number = value => value == null ? '–' : formatNumber(value, value >= 1000 ? 4 : 3);
${chartLayers}${chartOptions}${chartKeys}
const placeOf = index => document.getElementById('chart-' + index);
let plots = [];
function drawAll() {
  for (const plot of plots) plot.destroy();
  plots = charts.map((chart, index) => {
    const place = placeOf(index);
    let plot;
    const keys = makeKeys(chart, document.getElementById('keys-' + index), (series, show) => plot.setSeries(series, { show }));
    plot = new uPlot(optionsOf(chart, place.clientWidth, keys), [chart.xs, ...chart.series.map(one => one.values)], place);
    return plot;
  });
}
drawAll();

charts.forEach((chart, index) => placeOf(index).addEventListener('keydown', event => onKey(plots[index], event)));
const resize = new ResizeObserver(() => plots.forEach(plot => {
  const width = plot.root.parentElement.clientWidth;
  if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
}));
charts.forEach((chart, index) => resize.observe(placeOf(index)));
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', drawAll);
${onPaper}})();
`
