import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import type { ResponseTime } from './closed-forms.ts'
import { sampleOf } from './draw-sample.ts'
import { WARM_UP_SECONDS, measure } from './measure.ts'
import { claim, within } from './row.ts'
import type { Row } from './row.ts'

const TAP = new URL('./tap-pairs.js', import.meta.url).href

/** What plimsoll measured beyond the truth of the very same request, in ms. */
interface Beyond {
  readonly response: ResponseTime
  readonly service: ResponseTime
  readonly count: number
}

/** T1: every answer brings its own truth along, so chance has no part in this. */
export async function runPairedTest(bench: Bench): Promise<Row[]> {
  if (!bench.isWanted('T1')) return []
  const rows: Row[] = []
  for (const rate of [200, 1000]) {
    const seconds = bench.quick ? 5 : 15
    bench.say(`T1 ${rate}/s: ${seconds} s`)
    const file = join(tmpdir(), `plimsoll-pairs-${process.pid}.f64`)
    const measured = await measure({
      lab: { name: 'MM1', settings: ['rate=1500'], seed: 1001 },
      arrivals: 'poisson',
      rate,
      seconds,
      seed: 1,
      preload: { module: TAP, env: { PLIMSOLL_PAIRS: file } },
    })
    const { response, service, count } = readPairs(await readFile(file))
    await rm(file)
    const { note, stage } = measured
    const figure = (name: string, value: number, tolerance: number): Row =>
      within(
        { test: 'T1', what: `${rate}/s: ${name}`, unit: 'ms', expected: 0, measured: value, run: note },
        tolerance,
      )
    rows.push(
      figure('measured − header, median', response.quantile(0.5), 0.5),
      figure('measured − header, p99', response.quantile(0.99), 2),
      figure('the same from the send on, p99', service.quantile(0.99), 2),
      claim({
        test: 'T1',
        what: `${rate}/s: answers paired with their truth`,
        expected: `all ${stage.offered}`,
        measured: `${count}`,
        holds: count === stage.offered,
        run: note,
      }),
    )
  }
  return rows
}

/** Of the requests due after the warm-up. */
function readPairs(bytes: Buffer): Beyond {
  const pairs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const response: number[] = []
  const service: number[] = []
  for (let i = 0; i < pairs.length; i += 4) {
    const [intendedAt, sentAt, endedAt, sojournUs] = pairs.subarray(i, i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ]
    if (intendedAt < WARM_UP_SECONDS * 1e9) continue
    response.push((endedAt - intendedAt) / 1e6 - sojournUs / 1e3)
    service.push((endedAt - sentAt) / 1e6 - sojournUs / 1e3)
  }
  return { response: sampleOf(response), service: sampleOf(service), count: response.length }
}
