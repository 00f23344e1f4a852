import type { OutcomeCode } from '../result/outcome.ts'
import type { DenseHistogram } from './dense-histogram.ts'
import type { HistogramPool } from './histogram-pool.ts'
import type { HandshakePart, HealthPart, SeriesPart } from './window-part.ts'

/** A window that may still change: requests of it are due or in flight, or the clock is inside it. */
export interface OpenWindow {
  readonly series: Map<number, OpenSeries>
  readonly lateness: DenseHistogram
  offered: number
  ended: number
  sent: number
  flow: { answered: number; good: number; ended: number }
  busyArea: number
  inFlightAtEnd: number
  to: number
  health: Omit<HealthPart, 'lateness'> | undefined
  /** Most windows see no connection opened. */
  handshakes: OpenHandshakes | undefined
}

export interface OpenSeries {
  readonly request: number
  readonly code: OutcomeCode
  count: number
  firstAt: number
  bytesRead: number
  readonly response: DenseHistogram
  readonly service: DenseHistogram
  /** Made with the first of them: what fails or times out has none, and that is what leaves many windows open. */
  firstByte: DenseHistogram | undefined
}

interface OpenHandshakes {
  readonly connect: DenseHistogram
  readonly tls: DenseHistogram
  resumed: number
}

export const openWindow = (to: number, pool: HistogramPool): OpenWindow => ({
  series: new Map(),
  lateness: pool.get(),
  offered: 0,
  ended: 0,
  sent: 0,
  flow: { answered: 0, good: 0, ended: 0 },
  busyArea: 0,
  inFlightAtEnd: 0,
  to,
  health: undefined,
  handshakes: undefined,
})

export const openSeries = (request: number, code: OutcomeCode, pool: HistogramPool): OpenSeries => ({
  request,
  code,
  count: 0,
  firstAt: Infinity,
  bytesRead: 0,
  response: pool.get(),
  service: pool.get(),
  firstByte: undefined,
})

export const openHandshakes = (pool: HistogramPool): OpenHandshakes => ({
  connect: pool.get(),
  tls: pool.get(),
  resumed: 0,
})

export function closeSeries(series: OpenSeries, pool: HistogramPool): SeriesPart {
  const { request, code, count, firstAt, bytesRead, response, service, firstByte } = series
  return {
    request,
    code,
    count,
    firstAt,
    bytesRead,
    response: pool.take(response),
    service: pool.take(service),
    firstByte: pool.take(firstByte),
  }
}

export function closeHandshakes(handshakes: OpenHandshakes | undefined, pool: HistogramPool): HandshakePart {
  return {
    connect: pool.take(handshakes?.connect),
    tls: pool.take(handshakes?.tls),
    resumed: handshakes?.resumed ?? 0,
  }
}
