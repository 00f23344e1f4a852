import { formatNumber } from '../../../units/format.ts'
import type { Chart, Series } from '../../view.ts'
import { listOf } from '../sentence.ts'

/** The chart in words, from its own numbers: where each line runs, where it is highest, and what is marked. */
export function describeChart(chart: Chart): string {
  return [
    chart.kind === 'percentile' ? '' : reach(chart),
    ...chart.series.filter(({ shown }) => shown).map(one => describeSeries(one, chart)),
    ...marked(chart),
    shades(chart),
  ]
    .filter(text => text !== '')
    .join(' ')
}

const number = (value: number): string => formatNumber(value, value >= 1000 ? 4 : 3)

function reach({ x, y, xs }: Chart): string {
  const [first] = xs
  const last = xs.at(-1)
  if (first === undefined || last === undefined) return ''
  return `Across: ${x.label}, ${number(first)} to ${number(last)}. Up: ${y.label}.`
}

function describeSeries({ label, values }: Series, chart: Chart): string {
  if (chart.kind === 'percentile') return describeTicks(label, values, chart)
  const known = values.filter(value => value !== null)
  if (known.length === 0) return `${label}: none.`
  const low = known.reduce((a, b) => Math.min(a, b))
  const high = known.reduce((a, b) => Math.max(a, b))
  if (low === high) return `${label}: ${number(low)} throughout.`
  const at = chart.xs[values.indexOf(high)]!
  return `${label}: ${number(low)} to ${number(high)}, highest at ${number(at)}.`
}

function describeTicks(label: string, values: Series['values'], { x, xs, y }: Chart): string {
  const read = (x.ticks ?? []).flatMap(({ at, label: percent }) => {
    const value = values[xs.indexOf(at)]
    return value === null || value === undefined ? [] : [`${percent} within ${number(value)} ${y.label}`]
  })
  return read.length === 0 ? `${label}: none.` : `${label}: ${listOf(read)}.`
}

function marked({ marks, bands }: Chart): readonly string[] {
  const named = marks.filter(({ label }) => label !== '').map(({ at, label }) => `${label} at ${number(at)}`)
  const knee = bands.find(({ role }) => role === 'knee')
  return [
    named.length === 0 ? '' : `Marked: ${listOf(named)}.`,
    knee === undefined ? '' : `Shaded: ${knee.label}, ${number(knee.from)} to ${number(knee.to)}.`,
  ]
}

function shades({ heat, y }: Chart): string {
  if (heat === undefined) return ''
  return `Shades show how the requests of each moment spread between ${number(heat.edges[0]!)} and ${number(heat.edges.at(-1)!)} ${y.label}.`
}
