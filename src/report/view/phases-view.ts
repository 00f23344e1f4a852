import type { ConnectionFigures, Phases } from '../../analysis/findings.ts'
import { formatDuration, formatNumber, formatShare } from '../../units/format.ts'
import { milliseconds } from '../../units/quantity.ts'
import type { Report } from '../report.ts'
import type { Fact } from '../view.ts'

/** Shorter phases are not worth a line, whatever their share. */
const NOTABLE_MS = 1
/** Of the time that a request takes. */
const NOTABLE_SHARE = 0.1

/**
 * Connecting, TLS, waiting for the first byte, the rest of the answer: said where something besides the waiting for
 * the target's first byte takes a notable time, or where many requests open a connection.
 */
export function viewPhases({ phases, stages }: Pick<Report, 'phases' | 'stages'>): readonly Fact[] {
  const { connections, firstByteTimeMs, transferMeanMs } = phases
  const sent = stages.reduce((sum, stage) => sum + (stage.warmup ? 0 : stage.sent), 0)
  if (!isNotable(phases) && (connections === null || connections.opened < sent * NOTABLE_SHARE)) return []
  return [
    ...(connections === null || connections.opened === 0 ? [] : handshakeFacts(connections)),
    ...(firstByteTimeMs.p50 === null
      ? []
      : [{ label: 'first byte', value: `${medianAndTail(firstByteTimeMs)}, from the send` }]),
    ...(transferMeanMs === null
      ? []
      : [{ label: 'rest of the answer', value: `${ms(transferMeanMs)} on average, from its first byte` }]),
  ]
}

function isNotable({ connections, firstByteTimeMs, transferMeanMs }: Phases): boolean {
  const whole = (firstByteTimeMs.mean ?? 0) + (transferMeanMs ?? 0)
  const takesLong = (time: number | null | undefined): boolean =>
    (time ?? 0) >= Math.max(NOTABLE_MS, whole * NOTABLE_SHARE)
  return [connections?.connectTimeMs.p99, connections?.tlsTimeMs.p99, transferMeanMs].some(takesLong)
}

function handshakeFacts({
  openedRps,
  connectTimeMs,
  tlsTimeMs,
  resumedShare,
}: ConnectionFigures): readonly Fact[] {
  const connect = {
    label: 'connect',
    value: `${medianAndTail(connectTimeMs)}; ${formatNumber(openedRps)} connections opened per second`,
  }
  if (resumedShare === null) return [connect]
  const tls = `${medianAndTail(tlsTimeMs)}; ${formatShare(resumedShare)} resumed an earlier session`
  return [connect, { label: 'TLS handshake', value: tls }]
}

const medianAndTail = ({ p50, p99 }: { readonly p50: number | null; readonly p99: number | null }): string =>
  `${ms(p50)} p50, ${ms(p99)} p99`

function ms(value: number | null): string {
  if (value === null) return '–'
  return value === 0 ? '0 ms' : formatDuration(milliseconds(value))
}
