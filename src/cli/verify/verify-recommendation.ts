import { formatNumber, formatRate } from '../../units/format.ts'
import type { SizingAnswer } from '../../sizing/sizing-answer.ts'
import { concludeProof } from '../../sizing/verify/conclude-proof.ts'
import { judgePeak } from '../../sizing/verify/judge-peak.ts'
import { planProof } from '../../sizing/verify/plan-proof.ts'
import type { ProofPlan } from '../../sizing/verify/plan-proof.ts'
import { readPeak } from '../../sizing/verify/read-peak.ts'
import type { PeakSetting, Verification, VerifiedPeak } from '../../sizing/verify/verification.ts'
import type { Effects } from '../effects.ts'
import type { ExitCode } from '../exit-code.ts'
import { hearStop } from '../hear-stop.ts'
import type { StopHearing } from '../hear-stop.ts'
import { reportPath } from '../report-path.ts'
import { silent } from '../series-trial.ts'
import type { Voice } from '../voice.ts'
import { extentOf } from './proof-extent.ts'
import { PEAK_STAGE } from './peak-scenario.ts'
import { runPeak } from './run-peak.ts'
import type { Proving } from './run-peak.ts'
import type { ProofOrder } from './read-proof.ts'

/** Runs of one setting until one may be believed. */
const ATTEMPTS = 3

export interface Verified {
  readonly verification: Verification
  /** Where the proof was broken off; then it wins over the verdict's. */
  readonly exit?: ExitCode
}

/**
 * Builds the recommended setting and smaller ones and sends the peak to each, one after the other.
 */
export async function verifyRecommendation(
  answer: SizingAnswer,
  { holdSeconds, gateway, path }: ProofOrder,
  effects: Effects,
): Promise<Verified> {
  const found = planProof(answer, { seconds: holdSeconds, scaled: false })
  const title = gateway?.title ?? null
  const nothing = (because: string, built: readonly string[] = []): Verified => ({
    verification: {
      verdict: 'cannot-tell',
      because,
      option: null,
      gateway: title,
      scaled: false,
      built,
      peaks: [],
    },
  })
  if (!found.ok) return nothing(found.because)
  let { plan } = found
  if (title !== null && plan.limitsFor(plan.settings[0]!) === undefined)
    return nothing(`${title} cannot be configured: ${answer.sized?.limitsBecause ?? answer.because}`)
  const { machine, terminal } = effects
  const voice = toldBy(effects)
  const extent = await extentOf(plan, gateway !== undefined, voice, effects)
  if (!extent.ok) return nothing(extent.because, plan.built)
  if (extent.scaled) {
    // A share of the peak tells less, so that more has to be missing.
    const again = planProof(answer, { seconds: holdSeconds, scaled: true })
    if (again.ok) ({ plan } = again)
  }
  const proving: Proving = {
    plan,
    folder: reportPath('verify', machine.now()).replace(/\.json$/, ''),
    holdSeconds,
    queueBudget: answer.question.queueBudget,
    ...(gateway !== undefined && path !== undefined && { gateway: { program: gateway, path } }),
    scaled: extent.scaled,
    seed: machine.randomSeed(),
    generator: extent.generator,
    voice: silent(voice),
  }
  terminal.tell(announce(plan, proving, title))
  const { peaks, exit } = await runAll(proving, effects)
  return {
    verification: {
      ...concludeProof(peaks),
      option: plan.option.name,
      gateway: title,
      scaled: extent.scaled,
      built: [...extent.said, ...plan.built],
      peaks,
    },
    ...(exit !== undefined && { exit }),
  }
}

/** What is said meanwhile goes to standard error: the answer is still to come. */
function toldBy({ terminal }: Pick<Effects, 'terminal'>): Voice {
  return { say: terminal.tell, isQuiet: true, isJson: false, colour: false, columns: terminal.tellColumns }
}

/** `proof: 160/s for 20 s over 2 backends of the lab, then over 1; reports: …`. */
function announce(
  { settings }: ProofPlan,
  { folder, holdSeconds, scaled }: Proving,
  title: string | null,
): string {
  const [first, ...rest] = settings.map(({ backends }) => backends)
  const { load } = settings[0]!
  const where = title === null ? ' of the lab' : ` behind ${title}`
  const how = scaled ? ', one with its share at a time' : ''
  const then = rest.map(count => `, then over ${formatNumber(count, 12)}`).join('')
  return `proof: ${formatRate(load)} for ${formatNumber(holdSeconds)} s ${over(first!)}${where}${then}${how}; reports: ${folder}/\n`
}

const over = (backends: number): string =>
  `over ${formatNumber(backends, 12)} ${backends === 1 ? 'backend' : 'backends'}`

async function runAll(
  proving: Proving,
  effects: Effects,
): Promise<{ readonly peaks: readonly VerifiedPeak[]; readonly exit?: ExitCode }> {
  const hearing = hearStop(effects)
  const peaks: VerifiedPeak[] = []
  try {
    for (const setting of proving.plan.settings) {
      const verified = await verifySetting(setting, proving, hearing)
      if (typeof verified === 'number') return { peaks, exit: verified }
      peaks.push(verified)
      effects.terminal.tell(`${over(setting.backends)}: ${WORDS[verified.holds]}; ${verified.because}\n`)
      // A machine that is busy with something else stays so, and the rest alone decides nothing.
      if (verified.measured === null) break
    }
    return { peaks }
  } finally {
    hearing.forget()
  }
}

const WORDS = { yes: 'held', no: 'not held', 'cannot-tell': 'cannot tell' } as const

/** A run that may not be believed is made again, as the generator's weakness says nothing about the setting. */
async function verifySetting(
  setting: PeakSetting,
  proving: Proving,
  { effects, exit }: StopHearing,
): Promise<VerifiedPeak | ExitCode> {
  let because = ''
  let report: string | null = null
  for (let runs = 1; runs <= ATTEMPTS; runs += 1) {
    const run = await runPeak(setting, runs, proving, effects)
    const end = exit() ?? (run.kind === 'broken' ? run.exit : undefined)
    if (end !== undefined) return end
    if (run.kind === 'report') {
      report = run.out
      const { trust, result } = run.report
      const measured = trust.ok ? readPeak(result, PEAK_STAGE) : undefined
      if (measured !== undefined) return { ...setting, measured, ...judgePeak(measured), runs, report }
      because = `the run cannot be trusted: ${trust.reasons.join('; ')}`
    } else if (run.kind === 'nothing') because = run.because
    effects.terminal.tell(`${over(setting.backends)}, run ${runs}: ${because}\n`)
  }
  return { ...setting, measured: null, holds: 'cannot-tell', because, runs: ATTEMPTS, report }
}
