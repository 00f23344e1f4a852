import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runPlimsoll } from './run-plimsoll.ts'
import type { PlimsollRun } from './run-plimsoll.ts'
import { sojournUsOf } from './sojourn-answer.ts'
import { EXCHANGE_FIELDS } from './tap-exchanges.ts'
import type { Workshop } from './workshop.ts'

const TAP = new URL('./tap-exchanges.js', import.meta.url).href

/** What plimsoll measured for one answer, minus what the server says of this very answer, in µs; by pairs in the same order. */
export interface PairedErrors {
  /** The truth itself. */
  readonly trueUs: Float64Array
  /** From the intended start. */
  readonly responseUs: Float64Array
  /** From the send. */
  readonly serviceUs: Float64Array
}

export interface PairedWish {
  readonly scenario: string
  readonly core: number
  readonly seconds: number
  readonly flags?: readonly string[]
  /** Requests due earlier than this many seconds into the run are left out. */
  readonly fromSeconds: number
  /** At most so many answers are written down. */
  readonly mostAnswers: number
}

/** Runs the command against the virtual-time server and pairs each answer with the truth in its own length. */
export async function runPaired(
  workshop: Workshop,
  { fromSeconds, mostAnswers, ...wish }: PairedWish,
): Promise<PlimsollRun & { readonly errors: PairedErrors }> {
  const file = join(workshop.folder, 'exchanges.f64')
  const env = { PLIMSOLL_EXCHANGES: file, PLIMSOLL_MOST_EXCHANGES: String(mostAnswers) }
  const run = await runPlimsoll(workshop, { ...wish, preload: { module: TAP, env } })
  const bytes = readFileSync(file)
  const exchanges = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  return { ...run, errors: pairErrors(exchanges, fromSeconds) }
}

/** `exchanges` as `tap-exchanges.ts` writes them: intended, sent, ended in ns, bytes read. */
export function pairErrors(exchanges: Float64Array, fromSeconds: number): PairedErrors {
  const truth: number[] = []
  const response: number[] = []
  const service: number[] = []
  for (let i = 0; i < exchanges.length; i += EXCHANGE_FIELDS) {
    const [intendedAt, sentAt, endedAt, bytesRead] = exchanges.subarray(
      i,
      i + EXCHANGE_FIELDS,
    ) as unknown as [number, number, number, number]
    const sojournUs = sojournUsOf(bytesRead)
    if (intendedAt < fromSeconds * 1e9 || sojournUs === undefined) continue
    truth.push(sojournUs)
    response.push((endedAt - intendedAt) / 1e3 - sojournUs)
    service.push((endedAt - sentAt) / 1e3 - sojournUs)
  }
  return {
    trueUs: Float64Array.from(truth),
    responseUs: Float64Array.from(response),
    serviceUs: Float64Array.from(service),
  }
}

/** The ⌈q·n⌉-th smallest, whatever its sign does: errors below zero are errors as well. NaN for none. */
export function quantileOfErrors(errorsUs: Float64Array, q: number): number {
  const sorted = errorsUs.map(Math.abs).sort()
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}
