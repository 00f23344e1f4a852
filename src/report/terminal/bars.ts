const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/**
 * Bars of eighth blocks, one for each value, `rows` lines from the top down. A value above zero shows, however small.
 */
export function drawBars(values: readonly (number | null)[], top: number, rows: number): readonly string[] {
  const heights = values.map(value =>
    value === null || value <= 0 ? 0 : Math.max(1, Math.round((value / top) * rows * 8)),
  )
  return Array.from({ length: rows }, (_, line) => {
    const below = (rows - 1 - line) * 8
    return heights.map(height => EIGHTHS[Math.min(8, Math.max(0, height - below))]).join('')
  })
}
