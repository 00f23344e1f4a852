import type { MarginName, MetricMargin } from './comparison.ts'

/** Changes up to this size do not matter: shares of the value, for `errors` of the requests. */
export const DEFAULT_MARGINS: Readonly<Record<MarginName, number>> = {
  slo: 0.05,
  knee: 0.05,
  saturation: 0.05,
  onset: 0.05,
  p50: 0.1,
  p95: 0.15,
  p99: 0.15,
  errors: 0.005,
}

export type Margins = Readonly<Record<MarginName, number>>

export const marginOf = (name: MarginName, margins: Margins): MetricMargin => ({
  name,
  size: margins[name],
  change: name === 'errors' ? margins[name] : Math.log1p(margins[name]),
})
