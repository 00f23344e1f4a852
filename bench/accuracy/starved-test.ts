import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from './bench.ts'
import { waitForCalm } from './calm.ts'
import { isPinned, startPart } from './child-process.ts'
import { WARM_UP_SECONDS, measureOnce } from './measure.ts'
import type { Measured } from './measure.ts'
import { claim } from './row.ts'
import type { ClaimRow, Row } from './row.ts'

const HOGS = 3
const RATE = 3000

/**
 * T12: three busy loops share the generator's core with it, once as its equals and once before it. The server answers at
 * once and could carry far more, so any limit that is found here is the generator's own.
 */
export async function runStarvedTest(bench: Bench): Promise<Row[]> {
  if (!bench.isWanted('T12')) return []
  const seconds = bench.quick ? 8 : 10
  const equal = await starve(bench, seconds, false)
  const last = await starve(bench, seconds, true)
  return [...crowdedRows(equal), ...starvedRows(last)]
}

async function starve(bench: Bench, seconds: number, isMeek: boolean): Promise<Measured> {
  bench.say(`T12 busy loops ${isMeek ? 'before' : 'beside'} the generator: ${seconds} s`)
  await waitForCalm()
  return measureOnce({
    lab: { name: 'PAUSE', settings: ['length=1ms', 'from=1000s'], seed: 1 },
    arrivals: 'poisson',
    rate: RATE,
    warmUpRate: 100,
    seconds,
    seed: 1,
    isMeek,
    meanwhile: url => occupyCore(url, seconds),
  })
}

/** From the end of the warm-up on: starved from the beginning, the command would hardly get as far as its first request. */
async function occupyCore(url: string, seconds: number): Promise<void> {
  await firstRequest(url)
  await sleep(WARM_UP_SECONDS * 1e3)
  const hogs = Array.from({ length: HOGS }, () => startPart('hog', { seconds }))
  await Promise.all(hogs.map(({ ended }) => ended))
}

const MOST_LOOKS = 300

async function firstRequest(url: string): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const counts = (await (await fetch(`${url}/.lab/counts`)).json()) as { readonly total: number }
    if (counts.total > 0) return
    await sleep(100)
  }
}

/** A quarter of the core may do for this rate, but not for punctual sends. */
function crowdedRows({ report, stage, note }: Measured): Row[] {
  const { trust, capacity } = report
  const what = `${RATE}/s, ${HOGS} busy loops as equals on ${isPinned() ? 'its core' : 'the machine'}`
  const row = { test: 'T12', run: note, meansVoid: true } as const
  return [
    claim({
      ...row,
      what: `${what}: response times`,
      expected: 'called upper bounds, or the run is not trusted',
      measured: `called ${stage.latencyResolved ? 'resolved' : 'upper bounds'}, ${wordTrust(trust.ok)}`,
      holds: !stage.latencyResolved || !trust.ok,
    }),
    capacityRow(row, `${what}: capacity`, capacity.knee),
  ]
}

function starvedRows({ report, windows, exitCode, note }: Measured): Row[] {
  const { trust, capacity, generator } = report
  const what = `${RATE}/s, the loops go before it`
  const row = { test: 'T12', run: note, meansVoid: true } as const
  return [
    claim({
      ...row,
      what: `${what}: windows void`,
      expected: 'more than a fifth, the run is not trusted',
      measured: `${generator.invalidWindows} of ${windows.length}, ${wordTrust(trust.ok)}`,
      holds: !trust.ok,
    }),
    capacityRow(row, `${what}: capacity`, capacity.knee),
    claim({
      ...row,
      what: `${what}: exit code`,
      expected: '3, inconclusive',
      measured: `${exitCode}`,
      holds: exitCode === 3,
    }),
  ]
}

const wordTrust = (ok: boolean): string => (ok ? 'trusted' : 'not trusted')

function capacityRow(
  row: Pick<ClaimRow, 'test' | 'run' | 'meansVoid'>,
  what: string,
  { bound, rps }: Measured['report']['capacity']['knee'],
): Row {
  return claim({
    ...row,
    what,
    expected: 'none, or a lower bound',
    measured: rps === null ? 'none' : `${bound.replace('-', ' ')} ${rps.toFixed(0)}/s`,
    holds: bound === 'none' || bound === 'at-least',
  })
}

/** Burns its core for so long. */
export function burn({ seconds }: { readonly seconds: number }): void {
  const end = performance.now() + seconds * 1e3
  while (performance.now() < end);
}
