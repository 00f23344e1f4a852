/** What stands behind and above the lines of a chart: shaded bands, the cells of a heat map, marks with their labels. */
export const chartLayers: string = `
function clipped(u, draw) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx, bbox);
  ctx.restore();
}

const drawBands = (u, chart) => clipped(u, (ctx, bbox) => {
  for (const band of chart.bands) {
    const a = u.valToPos(band.from, band.axis, true), b = u.valToPos(band.to, band.axis, true);
    ctx.fillStyle = colour(band.role + '-band');
    if (band.axis === 'y') ctx.fillRect(bbox.left, b, bbox.width, a - b);
    else ctx.fillRect(a, bbox.top, Math.max(b - a, devicePixelRatio), bbox.height);
  }
});

const drawHeat = (u, { heat }) => heat && clipped(u, ctx => {
  const rows = heat.edges.map(edge => Math.round(u.valToPos(edge, 'y', true)));
  const shade = colour('heat'), ground = colour('card');
  heat.columns.forEach(({ from, to }, index) => {
    const left = Math.floor(u.valToPos(from, 'x', true)), right = Math.floor(u.valToPos(to, 'x', true));
    [...heat.levels[index]].forEach((level, row) => {
      if (level === '0') return;
      const cell = [left, rows[row + 1], Math.max(right - left, 1), rows[row] - rows[row + 1]];
      ctx.globalAlpha = 1;
      ctx.fillStyle = ground;
      ctx.fillRect(...cell);
      ctx.globalAlpha = SHADES[level - 1];
      ctx.fillStyle = shade;
      ctx.fillRect(...cell);
    });
  });
});

/** Labels stand above the plot: those of stages on one line, each other one on a line of its own. */
const LABEL = 15;
const eventsOf = chart => chart.marks.filter(mark => mark.role !== 'stage');
const labelLines = chart => (chart.marks.some(mark => mark.role === 'stage') ? 1 : 0) + eventsOf(chart).length;

function drawMarks(u, chart) {
  const { bbox } = u, end = bbox.left + bbox.width, above = labelLines(chart);
  const inside = mark => { const x = u.valToPos(mark.at, 'x', true); return x >= bbox.left - 1 && x <= end + 1; };
  const stages = chart.marks.filter(mark => mark.role === 'stage');
  stages.forEach((mark, index) => {
    const next = stages[index + 1], x = Math.max(bbox.left, u.valToPos(mark.at, 'x', true));
    const until = Math.min(end, next ? u.valToPos(next.at, 'x', true) : end);
    if (until <= bbox.left || x >= end) return;
    if (inside(mark) && until - x > 10 * devicePixelRatio) drawLine(u, mark, x, above);
    drawLabel(u, mark, x, above, until - x, 'left');
  });
  eventsOf(chart).forEach((mark, index) => {
    if (!inside(mark)) return;
    const x = Math.round(u.valToPos(mark.at, 'x', true)), line = eventsOf(chart).length - index;
    drawLine(u, mark, x, line);
    const left = x - bbox.left > bbox.width / 2;
    drawLabel(u, mark, x, line, left ? x : end - x, left ? 'right' : 'left');
  });
}

function drawLine({ ctx, bbox }, mark, x, line) {
  const ratio = devicePixelRatio, isStage = mark.role === 'stage';
  ctx.save();
  ctx.strokeStyle = colour(mark.role);
  ctx.lineWidth = ratio * (isStage ? 1 : 1.5);
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(Math.round(x), bbox.top - line * LABEL * ratio);
  ctx.lineTo(Math.round(x), bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function drawLabel({ ctx, bbox }, mark, x, line, room, align) {
  const ratio = devicePixelRatio, gap = 4 * ratio;
  ctx.save();
  ctx.font = 11.5 * ratio + 'px system-ui, sans-serif';
  ctx.textBaseline = 'top';
  ctx.textAlign = align;
  ctx.fillStyle = colour(mark.role === 'stage' ? 'soft' : mark.role);
  const text = shorten(ctx, mark.label, room - 2 * gap);
  ctx.fillText(text, x + (align === 'right' ? -gap : gap), bbox.top - line * LABEL * ratio);
  ctx.restore();
}

function shorten(ctx, text, room) {
  let kept = text;
  while (kept.length > 3 && ctx.measureText(kept).width > room) kept = kept.slice(0, -2) + '…';
  return ctx.measureText(kept).width > room ? '' : kept;
}
`
