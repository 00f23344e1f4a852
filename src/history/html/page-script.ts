import { onPaper } from '../../report/html/script/on-paper.ts'
import { formatNumber } from '../../units/format.ts'

/**
 * Draws each trend of the embedded figures with uPlot, whose script stands before this one. It chooses no words. Numbers
 * on the axis are written by the same function as everywhere else: its own text is part of the page.
 */
export const pageScript: string = `
'use strict';
(() => {
const formatNumber = ${formatNumber.toString()};
const charts = JSON.parse(document.getElementById('figures').textContent);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const FONT = '12px system-ui, sans-serif';

function dataOf({ points }) {
  const of = (pick, wanted) => points.map(point => (wanted(point) ? point[pick] : null));
  const measured = point => point.kind === 'measured';
  return [points.map((_, index) => index), of('high', measured), of('low', measured),
    of('rps', measured), of('rps', point => !measured(point))];
}

/** Changes are seen on an axis that need not begin at 0; rates that hardly differ stay a calm line. */
function range(u, low, high) {
  if (low == null) return [0, 1];
  const span = Math.max(high - low, .1 * high), middle = (low + high) / 2;
  return [Math.max(0, middle - .6 * span), middle + .6 * span];
}

/** Each level from the middle before its first run to the middle after its last: there the line of a change stands. */
function drawLevels(u, { levels }) {
  const { ctx, bbox } = u, ratio = devicePixelRatio;
  const within = x => Math.max(bbox.left, Math.min(bbox.left + bbox.width, x));
  ctx.save();
  ctx.strokeStyle = colour('level');
  ctx.lineWidth = 2 * ratio;
  for (const { from, to, rps } of levels) {
    const y = u.valToPos(rps, 'y', true);
    ctx.beginPath();
    ctx.moveTo(within(u.valToPos(from - .5, 'x', true)), y);
    ctx.lineTo(within(u.valToPos(to + .5, 'x', true)), y);
    ctx.stroke();
  }
  ctx.restore();
}

/** On which side of a bound the knee lies. */
function drawBounds(u, { points }) {
  const { ctx, bbox } = u, ratio = devicePixelRatio;
  ctx.save();
  ctx.font = 13 * ratio + 'px system-ui, sans-serif';
  ctx.textAlign = 'center';
  ctx.fillStyle = colour('dot');
  points.forEach(({ kind, rps }, at) => {
    const sign = { 'at-least': '↑', 'at-most': '↓' }[kind], x = u.valToPos(at, 'x', true);
    if (sign === undefined || x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.textBaseline = kind === 'at-least' ? 'bottom' : 'top';
    ctx.fillText(sign, x, u.valToPos(rps, 'y', true) + (kind === 'at-least' ? -5 : 5) * ratio);
  });
  ctx.restore();
}

function drawChanges(u, { changes }) {
  const { ctx, bbox } = u, ratio = devicePixelRatio;
  ctx.save();
  ctx.font = 12 * ratio + 'px system-ui, sans-serif';
  ctx.textBaseline = 'bottom';
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  for (const { at, text, tone } of changes) {
    const x = Math.round(u.valToPos(at - .5, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = ctx.fillStyle = colour(tone);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.textAlign = x > bbox.left + bbox.width / 2 ? 'right' : 'left';
    ctx.fillText(text, x, bbox.top - 3 * ratio);
  }
  ctx.restore();
}

function optionsOf(chart, index, width) {
  const { points } = chart;
  const axis = { stroke: colour('soft'), font: FONT, labelFont: FONT, labelSize: 18, grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1, size: 5 } };
  const none = { show: false }, dots = fill => ({ show: true, size: 7, width: 1.5, stroke: colour('dot'), fill });
  const place = document.getElementById('at-' + index);
  return {
    width, height: 280, padding: [24, 12, null, null],
    legend: none, cursor: { y: false, drag: { x: true, y: false }, points: { size: 9 } },
    scales: { x: { time: false, range: (u, low, high) => [low - .5, high + .5] }, y: { range } },
    axes: [
      { ...axis, size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000], space: 90,
        values: (u, splits) => splits.map(at => (points[at] ? points[at].label.slice(0, 10) : '')) },
      { ...axis, label: chart.rateLabel, size: 60, values: (u, splits) => splits.map(rate => formatNumber(rate, 4)) },
    ],
    bands: [{ series: [1, 2], fill: colour('band') }],
    series: [{}, { stroke: 'transparent', points: none }, { stroke: 'transparent', points: none },
      { stroke: colour('dot'), width: .6, points: dots(colour('dot')) },
      { paths: () => null, stroke: colour('dot'), points: dots(colour('card')) }],
    hooks: {
      draw: [u => { drawLevels(u, chart); drawBounds(u, chart); drawChanges(u, chart); }],
      setCursor: [u => { const at = u.cursor.idx; place.textContent = at == null ? '' : points[at].text; }],
    },
  };
}

/** Arrow keys move the cursor from run to run, Escape takes it away and shows the whole chart again. */
function onKey(u, event) {
  const last = u.data[0].length - 1, now = u.cursor.idx;
  const to = { ArrowLeft: now == null ? last : Math.max(0, now - 1), ArrowRight: now == null ? 0 : Math.min(last, now + 1), Home: 0, End: last }[event.key];
  if (event.key === 'Escape') { u.setCursor({ left: -10, top: -10 }); u.setScale('x', { min: 0, max: last }); }
  if (to === undefined) return;
  event.preventDefault();
  u.setCursor({ left: u.valToPos(to, 'x'), top: u.over.clientHeight / 2 });
}

const places = charts.map((_, index) => document.getElementById('chart-' + index));
let plots = [];
function drawAll() {
  for (const plot of plots) plot?.destroy();
  plots = charts.map((chart, index) => places[index] && new uPlot(optionsOf(chart, index, places[index].clientWidth), dataOf(chart), places[index]));
}
drawAll();
places.forEach((place, index) => place?.addEventListener('keydown', event => onKey(plots[index], event)));
const resize = new ResizeObserver(() => plots.forEach((plot, index) => {
  const width = places[index]?.clientWidth ?? 0;
  if (plot && width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
}));
for (const place of places) if (place) resize.observe(place);
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', drawAll);
${onPaper}})();
`
