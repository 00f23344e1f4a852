/** What uPlot is told about a chart: scales, axes, how each line looks. */
export const chartOptions: string = `
const FONT = '12px system-ui, sans-serif';
const HEIGHT = 260;

/** In the path of a search onset is a kind of step, elsewhere a mark. */
const lineColour = (chart, one) => colour(chart.kind === 'search' && one.role === 'onset' ? 'onset-step' : one.role);

function seriesOf(chart, one) {
  const stroke = lineColour(chart, one);
  const base = { label: one.label, stroke, show: one.shown, width: 1.8, spanGaps: false };
  if (chart.kind === 'search') return { ...base, width: one.role === 'good' ? 1.2 : one.role === 'rest' ? 2 : 4, points: { show: false } };
  if (chart.kind === 'load' && one.role !== 'offered')
    return { ...base, paths: () => null, points: { show: true, size: 5, width: 1, stroke, fill: stroke } };
  if (chart.kind === 'percentile') return { ...base, width: one.role === 'whole' ? 3 : 1.6, points: { show: false } };
  if (chart.kind === 'hit-ratio') return { ...base, width: one.role === 'origin' ? 2.6 : 1.6, pxAlign: 0, dash: one.role === 'planned' ? [7, 4] : undefined, points: { show: false } };
  return { ...base, dash: one.role === 'offered' ? [5, 4] : undefined, points: { show: chart.xs.length < 3 } };
}

function xScale(chart) {
  const last = chart.xs.at(-1);
  if (chart.kind === 'percentile') return { time: false, distr: 3, range: () => [chart.xs[0], Math.max(last, 10)] };
  const end = chart.heat ? chart.heat.columns.at(-1).to : chart.kind === 'load' ? last * 1.03 : chart.kind === 'hit-ratio' ? last : last + .5;
  return { time: false, range: (u, low, high) => low > chart.xs[0] || high < last ? [low, high] : [0, end] };
}

/** Down or up to 1, 2 or 5 times a power of ten. */
function roundTo(value, round, otherwise) {
  if (!(value > 0)) return otherwise;
  const unit = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 5, 10].map(step => step * unit);
  return round === Math.floor ? steps.findLast(step => step <= value * 1.0001) : steps.find(step => step >= value * .9999);
}

function yScale({ y, heat }) {
  if (heat) return { distr: 3, range: () => [roundTo(heat.edges[0], Math.floor, 1), roundTo(heat.edges.at(-1), Math.ceil, 10)] };
  return y.log ? { distr: 3, range: (u, low, high) => [roundTo(low, Math.floor, 1), roundTo(high, Math.ceil, 10)] } : { range: (u, low, high) => [0, high > 0 ? high * 1.04 : 1] };
}

function xAxis(chart, axis) {
  if (!chart.x.ticks) return { ...axis, label: chart.x.label, values: (u, splits) => splits.map(number), size: 34 };
  const ticks = chart.x.ticks;
  const label = at => ticks.find(tick => tick.at === at).label;
  /** As many of them as there is room for. */
  const labels = (u, splits) => {
    let end = -Infinity;
    return splits.map(at => {
      const x = u.valToPos(at, 'x'), fits = x - end >= 34;
      if (fits) end = x;
      return fits ? label(at) : '';
    });
  };
  return { ...axis, label: chart.x.label, size: 34, filter: (u, splits) => splits,
    splits: u => ticks.map(tick => tick.at).filter(at => at >= u.scales.x.min && at <= u.scales.x.max),
    values: labels };
}

function optionsOf(chart, width, keys) {
  const axis = { stroke: colour('soft'), font: FONT, labelFont: FONT, labelSize: 18, grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1, size: 5 } };
  return {
    width, height: HEIGHT + labelLines(chart) * LABEL,
    padding: [labelLines(chart) * LABEL + 6, null, null, null],
    legend: { show: false },
    cursor: { sync: { key: chart.kind === 'search' ? 'time' : chart.kind }, drag: { x: true, y: false }, points: { size: 7 } },
    scales: { x: xScale(chart), y: yScale(chart) },
    axes: [
      xAxis(chart, axis),
      { ...axis, label: chart.y.label, values: (u, splits) => splits.map(v => v == null ? '' : number(v)), size: 54 },
    ],
    series: [{}, ...chart.series.map(one => seriesOf(chart, one))],
    bands: chart.between && [{ series: chart.between.map(place => place + 1), fill: colour('origin-band') }],
    hooks: {
      drawClear: [u => drawBands(u, chart)],
      drawAxes: [u => drawHeat(u, chart)],
      draw: [u => drawMarks(u, chart)],
      setCursor: [u => keys.read(u.cursor.idx)],
    },
  };
}
`
