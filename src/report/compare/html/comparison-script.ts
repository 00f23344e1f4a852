import { formatNumber } from '../../../units/format.ts'
import { onPaper } from '../../html/script/on-paper.ts'

/**
 * Draws each chart of the embedded figures with uPlot, whose script stands before this one. It chooses no words; numbers are written by the
 * same function as everywhere else: its own text is part of the page. The candidate is dashed, so that colour is not all that tells.
 */
export const comparisonScript: string = `
'use strict';
(() => {
const formatNumber = ${formatNumber.toString()};
const charts = JSON.parse(document.getElementById('figures').textContent);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const number = value => value == null ? '–' : formatNumber(value, value >= 1000 ? 4 : 3);
const FONT = '12px system-ui, sans-serif';
const LABEL = 15;

/** All lines first, then each name on a ground of its own: the line of one must not strike out the name of the other. */
function drawMarks(u, { marks }) {
  const { ctx, bbox } = u, ratio = devicePixelRatio, right = bbox.left + bbox.width;
  const placed = marks.map((mark, line) => ({ ...mark, top: bbox.top - (line + 1) * LABEL * ratio, x: Math.round(u.valToPos(mark.at, 'x', true)) }))
    .filter(({ x }) => x >= bbox.left && x <= right);
  ctx.save();
  ctx.lineWidth = ratio;
  for (const { x, top, role } of placed) {
    ctx.strokeStyle = colour(role);
    ctx.setLineDash(role === 'base' ? [] : [5 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.font = 11.5 * ratio + 'px system-ui, sans-serif';
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  for (const { x, top, role, label } of placed) {
    const gap = 4 * ratio, width = ctx.measureText(label).width;
    const beside = x > bbox.left + bbox.width / 2 ? x - gap - width : x + gap;
    const left = Math.max(0, Math.min(beside, u.ctx.canvas.width - width));
    ctx.fillStyle = colour('card');
    ctx.fillRect(left - ratio, top, width + 2 * ratio, (LABEL - 1) * ratio);
    ctx.fillStyle = colour(role);
    ctx.fillText(label, left, top);
  }
  ctx.restore();
}

function optionsOf(chart, width, tell) {
  const axis = { stroke: colour('soft'), font: FONT, labelFont: FONT, labelSize: 18, grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1, size: 5 } };
  const values = (u, splits) => splits.map(v => v == null ? '' : number(v));
  return {
    width, height: 280 + chart.marks.length * LABEL,
    padding: [chart.marks.length * LABEL + 6, null, null, null],
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: false, range: () => [0, chart.xs.at(-1) * 1.03] }, y: { range: (u, low, high) => [0, high > 0 ? high * 1.04 : 1] } },
    axes: [{ ...axis, label: chart.xLabel, values, size: 34 }, { ...axis, label: chart.yLabel, values, size: 58 }],
    series: [{}, ...chart.series.map(one => ({
      label: one.label, stroke: colour(one.role), width: 2, spanGaps: true, dash: one.role === 'candidate' ? [6, 4] : undefined,
      points: { show: chart.xs.length < 40, size: 5, fill: colour(one.role) },
    }))],
    hooks: {
      draw: [u => drawMarks(u, chart)],
      setCursor: [u => {
        const i = u.cursor.idx;
        tell(i == null ? '' : number(chart.xs[i]) + '/s: ' + chart.series.map(one => one.label + ' ' + number(one.values[i])).join(', '));
      }],
    },
  };
}

let plots = [];
const placeOf = index => document.getElementById('chart-' + index);
function drawAll() {
  for (const plot of plots) plot.destroy();
  plots = charts.map((chart, index) => {
    const place = placeOf(index), at = document.getElementById('at-' + index);
    return new uPlot(optionsOf(chart, place.clientWidth, text => { at.textContent = text; }), [chart.xs, ...chart.series.map(one => one.values)], place);
  });
}
drawAll();

charts.forEach((chart, index) => placeOf(index).addEventListener('keydown', event => {
  const u = plots[index], last = chart.xs.length - 1, now = u.cursor.idx;
  const to = { ArrowLeft: Math.max(0, (now ?? last + 1) - 1), ArrowRight: Math.min(last, (now ?? -1) + 1), Home: 0, End: last }[event.key];
  if (to === undefined) return;
  u.setCursor({ left: u.valToPos(chart.xs[to], 'x'), top: u.over.clientHeight / 2 });
  event.preventDefault();
}));
const resize = new ResizeObserver(() => plots.forEach(plot => {
  const width = plot.root.parentElement.clientWidth;
  if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
}));
charts.forEach((chart, index) => resize.observe(placeOf(index)));
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', drawAll);
${onPaper}})();
`
