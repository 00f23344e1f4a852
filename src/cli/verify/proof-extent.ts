import type { ProofPlan } from '../../sizing/verify/plan-proof.ts'
import { formatNumber, formatRate } from '../../units/format.ts'
import { measureCeiling } from '../calibration.ts'
import type { Effects } from '../effects.ts'
import type { RunWish } from '../run-order.ts'
import type { Voice } from '../voice.ts'

/** How much of the peak this machine makes, and how. */
export type ProofExtent =
  | {
      readonly ok: true
      /** One backend with its share of the peak stands for all. */
      readonly scaled: boolean
      readonly generator: Pick<RunWish, 'workers' | 'pacing'>
      readonly said: readonly string[]
    }
  | { readonly ok: false; readonly because: string }

/** That many are made by any machine, so that it need not be asked. */
const SURELY_MADE = 300
/** Backends of the lab in one process answer so many, and before a real gateway, which needs a processor itself, so many. */
const MOST_OF_LAB = 4000
const MOST_THROUGH_GATEWAY = 1500
/** Of its ceiling, what a generator is trusted with; the servers are on the same machine. */
const USABLE = 0.5
/** Fewer processors than this are shared by everybody, who then must not spin. */
const ENOUGH_CORES = 4

/** Before anything is sent: is the peak more than load generator and servers on one machine can do? */
export async function extentOf(
  { settings }: ProofPlan,
  hasGateway: boolean,
  voice: Voice,
  { machine }: Pick<Effects, 'machine'>,
): Promise<ProofExtent> {
  const pacing = hasGateway || machine.cores < ENOUGH_CORES ? 'timer' : 'spin'
  const workers = hasGateway ? 1 : Math.max(1, Math.min(2, machine.cores - 2))
  const generator = { workers, pacing } as const
  const { load } = settings[0]!
  const cap = hasGateway ? MOST_THROUGH_GATEWAY : MOST_OF_LAB
  const made = load <= SURELY_MADE ? Infinity : (await measureCeiling(generator, voice)).ceilingRps * USABLE
  const most = Math.min(cap, made)
  if (load <= most) return { ok: true, scaled: false, generator, said: [] }
  const share = Math.max(...settings.map(({ backends }) => load / backends))
  const reason = `the peak of ${formatRate(load)} is more than this machine can make and answer at once, ${formatRate(Number(most.toPrecision(2)))}`
  if (share > most)
    return { ok: false, because: `${reason}, and so is the share of one backend, ${formatRate(share)}` }
  const least = formatNumber(Math.max(...settings.map(({ backends }) => backends)), 12)
  return {
    ok: true,
    scaled: true,
    generator,
    said: [
      `As ${reason}, one backend with its share of the peak stands for all: ${formatRate(load)} / ${least} and so on. Where a gateway gives requests out in turn they come to each more evenly, so that waits are rather shorter than here`,
    ],
  }
}
