import type { Comparison, MetricComparison } from './comparison.ts'

type Concluded = Pick<Comparison, 'verdict' | 'leaning' | 'because'>

/**
 * The one verdict. A metric that regressed makes the whole regressed, be it the primary or, after adjustment, another. Beyond that the
 * primary metric decides.
 */
export function concludeComparison({
  metrics,
  base,
  candidate,
}: Pick<Comparison, 'metrics' | 'base' | 'candidate'>): Concluded {
  const primary = metrics.find(metric => metric.primary)
  const others = metrics.filter(metric => !metric.primary && metric.verdict === 'regressed')
  if (primary === undefined) {
    const [first] = others
    return first === undefined
      ? { verdict: 'inconclusive', leaning: null, because: nothingToCompare({ base, candidate }) }
      : { verdict: 'regressed', leaning: null, because: regressedToo(others) }
  }
  const { verdict, leaning, because } = primary
  if (verdict === 'regressed' || others.length === 0) {
    const also = others.length === 0 ? '' : `. Regressed as well: ${labels(others)}`
    return { verdict, leaning, because: because + also }
  }
  return { verdict: 'regressed', leaning: null, because: `${regressedToo(others)}; ${because}` }
}

const regressedToo = (metrics: readonly MetricComparison[]): string => {
  const [first] = metrics
  const more = metrics.length > 1 ? `. Regressed as well: ${labels(metrics.slice(1))}` : ''
  return `${first?.because ?? ''}${more}`
}

/** More names than this are found in the table. */
const NAMED = 3

function labels(metrics: readonly MetricComparison[]): string {
  const named = metrics.slice(0, NAMED).map(({ label }) => label)
  const more = metrics.length - named.length
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`
}

function nothingToCompare({ base, candidate }: Pick<Comparison, 'base' | 'candidate'>): string {
  for (const [name, { runs }] of [
    ['base', base],
    ['candidate', candidate],
  ] as const) {
    if (!runs.some(({ trusted }) => trusted)) return `no run of the ${name} can be trusted`
  }
  return 'the runs have no measured figure in common'
}
