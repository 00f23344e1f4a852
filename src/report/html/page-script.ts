import { formatNumber } from '../../units/format.ts'

/**
 * Draws each chart of the embedded figures with uPlot, whose script stands before this one. Numbers are written by
 * the same function as everywhere else: its own text is part of the page.
 */
export const pageScript: string = `
'use strict';
const formatNumber = ${formatNumber.toString()};
const charts = JSON.parse(document.getElementById('figures').textContent);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const number = value => value == null ? '–' : formatNumber(value, value >= 1000 ? 4 : 3);
const FONT = '12px system-ui, sans-serif';
const HEIGHT = 260;

function seriesOf(chart, one) {
  const points = chart.kind === 'load' && one.role !== 'offered';
  const stroke = colour(one.role);
  const base = { label: one.label, stroke, show: one.shown, value: (u, v) => number(v), width: 1.8, spanGaps: false };
  if (chart.kind === 'search') return { ...base, width: one.role === 'good' ? 1.2 : one.role === 'rest' ? 2 : 4, points: { show: false } };
  if (points) return { ...base, paths: () => null, points: { show: true, size: 5, width: 1, stroke, fill: stroke } };
  return { ...base, dash: one.role === 'offered' ? [5, 4] : undefined, points: { show: chart.xs.length < 3 } };
}

function drawBands(u, chart) {
  const { ctx, bbox } = u;
  for (const band of chart.bands) {
    const a = u.valToPos(band.from, band.axis, true), b = u.valToPos(band.to, band.axis, true);
    const across = band.axis === 'y';
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.fillStyle = colour(band.role + '-band');
    if (across) ctx.fillRect(bbox.left, b, bbox.width, a - b);
    else ctx.fillRect(a, bbox.top, b - a, bbox.height);
    ctx.restore();
  }
}

/** Each label stands above the plot, on a line of its own where labels may be close together. */
const LABEL = 14;
const labelLines = chart => chart.kind !== 'load' ? 1 : Math.max(1, chart.marks.length);

function drawMarks(u, chart) {
  const { ctx, bbox } = u, ratio = devicePixelRatio;
  const end = bbox.left + bbox.width;
  const xs = chart.marks.map(mark => u.valToPos(mark.at, 'x', true));
  chart.marks.forEach((mark, index) => {
    const x = Math.round(xs[index]), stage = mark.role === 'stage', gap = 4 * ratio;
    if (x < bbox.left - 1 || x > end + 1) return;
    const y = bbox.top - (stage ? 1 : labelLines(chart) - index) * LABEL * ratio;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour(mark.role);
    ctx.lineWidth = ratio * (stage ? 1 : 1.5);
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = 11 * ratio + 'px system-ui, sans-serif';
    ctx.textBaseline = 'top';
    if (stage) ctx.fillStyle = colour('soft');
    const room = (stage ? (xs[index + 1] ?? end) : end) - x - 2 * gap;
    const left = !stage && ctx.measureText(mark.label).width > room;
    ctx.textAlign = left ? 'right' : 'left';
    ctx.fillText(stage ? shorten(ctx, mark.label, room) : mark.label, x + (left ? -gap : gap), y);
    ctx.restore();
  });
}

function shorten(ctx, text, room) {
  let kept = text;
  while (kept.length > 3 && ctx.measureText(kept).width > room) kept = kept.slice(0, -2) + '…';
  return ctx.measureText(kept).width > room ? '' : kept;
}

function optionsOf(chart, width) {
  const axis = { stroke: colour('soft'), font: FONT, labelFont: FONT, labelSize: 18, grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1, size: 5 } };
  const values = (u, splits) => splits.map(v => v == null ? '' : number(v));
  const top = (u, low, high) => [0, high > 0 ? high * 1.04 : 1];
  const ends = (u, low, high) => [0, chart.kind === 'load' ? chart.xs.at(-1) * 1.03 : high + .5];
  return {
    width, height: HEIGHT,
    padding: [labelLines(chart) * LABEL + 4, null, null, null],
    cursor: { sync: { key: chart.kind }, drag: { x: true, y: false }, points: { size: 7 } },
    scales: { x: { time: false, range: ends }, y: chart.y.log ? { distr: 3 } : { range: top } },
    axes: [
      { ...axis, label: chart.x.label, values, size: 34 },
      { ...axis, label: chart.y.label, values, size: 54 },
    ],
    series: [{ label: chart.kind === 'load' ? 'load' : 'time, s', value: (u, v) => number(v) }, ...chart.series.map(one => seriesOf(chart, one))],
    hooks: { drawClear: [u => drawBands(u, chart)], draw: [u => drawMarks(u, chart)] },
  };
}

let plots = [];
function drawAll() {
  for (const plot of plots) plot.destroy();
  plots = charts.map((chart, index) => {
    const place = document.getElementById('chart-' + index);
    return new uPlot(optionsOf(chart, place.clientWidth), [chart.xs, ...chart.series.map(one => one.values)], place);
  });
}
drawAll();
const resize = new ResizeObserver(() => {
  plots.forEach(plot => {
    const width = plot.root.parentElement.clientWidth;
    if (width !== plot.width) plot.setSize({ width, height: HEIGHT });
  });
});
for (const plot of plots) resize.observe(plot.root.parentElement);
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', drawAll);
`
