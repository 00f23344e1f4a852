import { join } from 'node:path'
import type { Report } from '../../report/report.ts'
import type { ProofPlan } from '../../sizing/verify/plan-proof.ts'
import type { PeakSetting } from '../../sizing/verify/verification.ts'
import type { Effects } from '../effects.ts'
import type { ExitCode } from '../exit-code.ts'
import { explainStop } from '../explain-stop.ts'
import { runAndKeep } from '../run-and-keep.ts'
import { prepareRun } from '../run-order.ts'
import type { RunWish } from '../run-order.ts'
import type { Voice } from '../voice.ts'
import type { GatewayProgram } from './gateway-programs.ts'
import { limitsOfOne, shareOfOne } from './one-backend.ts'
import { peakScenario } from './peak-scenario.ts'
import { startBackends } from './start-backends.ts'
import type { BackendsOrder } from './start-backends.ts'
import { startGateway } from './start-gateway.ts'

/** What all runs of a proof have in common. */
export interface Proving {
  readonly plan: ProofPlan
  readonly folder: string
  readonly holdSeconds: number
  /** How long a request may wait for its turn, in s. */
  readonly queueBudget: number
  readonly gateway?: { readonly program: GatewayProgram; readonly path: string }
  /** One backend with its share of the peak stands for all. */
  readonly scaled: boolean
  readonly seed: number
  readonly generator: Pick<RunWish, 'workers' | 'pacing'>
  readonly voice: Voice
}

export type PeakRun =
  | { readonly kind: 'report'; readonly report: Report; readonly out: string }
  /** Nothing that could be run, and why. */
  | { readonly kind: 'nothing'; readonly because: string }
  | { readonly kind: 'broken'; readonly exit: ExitCode }

/** Builds a setting, sends the peak to it once, and takes it down again whatever came of it. */
export async function runPeak(
  whole: PeakSetting,
  attempt: number,
  proving: Proving,
  effects: Effects,
): Promise<PeakRun> {
  const { plan, folder, gateway, scaled } = proving
  const setting = scaled ? shareOfOne(whole) : whole
  const limits = plan.limitsFor(whole)
  const name = `${whole.backends}-backends`
  const order = orderFor(setting, proving)
  const backends = await startBackends(order, join(folder, `${name}.lab`), effects)
  try {
    const [{ host, port }] = backends.endpoints as [(typeof backends.endpoints)[0]]
    if (gateway === undefined || limits === undefined)
      return await sendPeak({ name, attempt, setting, url: `http://${host}:${port}` }, proving, effects)
    const told = scaled ? limitsOfOne(limits) : limits
    const known = { limits: told, backends: backends.endpoints }
    const started = await startGateway(gateway.program, gateway.path, known, effects)
    if (!started.ok) return { kind: 'nothing', because: started.because }
    try {
      return await sendPeak({ name, attempt, setting, url: started.gateway.url }, proving, effects)
    } finally {
      await started.gateway.end()
    }
  } finally {
    await backends.end()
  }
}

/** Beyond this nobody waits for an answer, in s. */
const LONGEST_DEADLINE = 60
const SHORTEST_DEADLINE = 5

function orderFor({ backends, capacity }: PeakSetting, proving: Proving): BackendsOrder {
  const { plan, gateway, queueBudget, generator } = proving
  return {
    count: backends,
    capacity: capacity / backends,
    slots: plan.slots,
    mostWait: gateway === undefined ? queueBudget : null,
    serviceTimes: plan.work.serviceTimes,
    apart: gateway !== undefined,
    lowCpu: generator.pacing === 'timer',
  }
}

interface PeakOrder {
  readonly name: string
  readonly attempt: number
  readonly setting: PeakSetting
  readonly url: string
}

async function sendPeak(
  { name, attempt, setting, url }: PeakOrder,
  { plan, folder, holdSeconds, queueBudget, seed, generator, voice }: Proving,
  effects: Effects,
): Promise<PeakRun> {
  const patience = plan.limitsFor(setting)?.answerTimeout.value ?? 2 * queueBudget
  const scenarioPath = join(folder, `${name}.yaml`)
  const text = peakScenario({
    name: `peak over ${name.replace('-', ' ')}`,
    target: url,
    rps: setting.load,
    holdSeconds,
    deadline: Math.min(LONGEST_DEADLINE, Math.max(SHORTEST_DEADLINE, patience)),
  })
  await effects.files.replace(scenarioPath, text)
  const out = join(folder, `${name}${attempt === 1 ? '' : `-${attempt}`}.json`)
  const wish: RunWish = {
    scenarioPath,
    overrides: { seed: seed + attempt - 1 },
    allowedHosts: [],
    ...generator,
    out,
    html: undefined,
    analysis: {},
  }
  const prepared = await prepareRun(wish, effects)
  if (!prepared.ok) throw new Error(prepared.problems.map(({ message }) => message).join('; '))
  const { report, exit } = await runAndKeep(prepared.value, voice, effects)
  if (report === undefined || exit !== undefined) return { kind: 'broken', exit: exit ?? 1 }
  const { ended } = report.run
  return ended.how === 'stopped'
    ? { kind: 'nothing', because: explainStop(ended).trim() }
    : { kind: 'report', report, out }
}
