import { formatRate, formatShare } from '../../units/format.ts'
import type { Target } from '../../plan/plan.ts'
import type { Report } from '../report.ts'
import type { Step } from '../view.ts'
import { highestRate } from './highest-rate.ts'
import { countOf, sentence } from './sentence.ts'
import { shellWord } from './shell-word.ts'

const MOST = 4

/** What to do next, most urgent first; every report has at least one step. */
export function viewNextSteps(report: Report): readonly Step[] {
  const steps = [
    askByHand(report),
    relieveGenerator(report),
    finish(report),
    followCause(report),
    rampHigher(report),
    startLower(report),
    carryThePeak(report),
    confirmWithHold(report),
    namePeak(report),
  ].filter(step => step !== null)
  return steps.length === 0 ? [keepAsBaseline(report)] : steps.slice(0, MOST)
}

const runAgain = ({ run }: Report, ...flags: readonly string[]): readonly string[] => [
  'plimsoll',
  'run',
  shellWord(run.scenario.file ?? run.target),
  ...flags,
]

function askByHand({ run, result }: Report): Step | null {
  if (run.ended.how !== 'stopped') return null
  const { requests, target } = result.plan
  const request = requests.find(({ method }) => method === 'GET') ?? requests[0]
  const method = request === undefined || request.method === 'GET' ? [] : ['-X', shellWord(request.method)]
  return {
    text: 'Ask the target once by hand; it must answer before it can be loaded.',
    command: ['curl', '-sS', '-i', ...method, ...address(target, run.target, request?.path ?? '/')],
  }
}

function address({ socketPath, host, basePath }: Target, url: string, path: string): readonly string[] {
  if (socketPath === undefined) return [shellWord(url + path)]
  return ['--unix-socket', shellWord(socketPath), shellWord(`http://${host}${basePath}${path}`)]
}

function relieveGenerator(report: Report): Step | null {
  const { capacity, generator, run, trust } = report
  if (capacity.limitedBy !== 'generator' && (trust.ok || generator.invalidWindows === 0)) return null
  const more = Math.min(run.machine.cpus, generator.workers * 2)
  if (more > generator.workers) {
    return {
      text: 'Give the load generator more workers.',
      command: runAgain(report, '--workers', String(more)),
    }
  }
  return {
    text: 'Give the load generator a machine of its own, or a faster one: every core of this one was in use.',
    command: null,
  }
}

function finish(report: Report): Step | null {
  if (report.run.ended.how !== 'interrupted') return null
  return { text: 'Let the run come to its end.', command: runAgain(report) }
}

function followCause({ causes }: Report): Step | null {
  const [first] = causes
  if (first === undefined || first.cause === 'none' || first.next === '') return null
  return { text: sentence(first.next), command: null }
}

function rampHigher(report: Report): Step | null {
  const { trust, capacity } = report
  const highest = highestRate(report)
  if (!trust.ok || highest === null || capacity.knee.bound !== 'at-least') return null
  if (capacity.limitedBy === 'generator') return null
  const to = formatRate(twoDigits(highest * 2)).replaceAll(' ', '')
  return {
    text: `Go higher: nothing gave way up to ${formatRate(highest)}. Raise the last stage to ${to}.`,
    command: runAgain(report),
  }
}

function startLower(report: Report): Step | null {
  const { trust, capacity } = report
  const from = capacity.knee.rps ?? capacity.knee.high
  if (!trust.ok || from === null || capacity.knee.bound !== 'at-most') return null
  const to = formatRate(twoDigits(from / 5)).replaceAll(' ', '')
  return {
    text: `Start lower: the first rate was too much already. Begin at ${to}.`,
    command: runAgain(report),
  }
}

function carryThePeak({ trust, capacity, sizing }: Report): Step | null {
  const { peakRps, backends, backendsNow, cdnOffload } = sizing
  // What one backend carries is not known from a bound: going higher comes first.
  if (!trust.ok || capacity.knee.bound !== 'measured') return null
  if (peakRps === null || backends === null || backends.pessimistic <= backendsNow) return null
  const offload =
    cdnOffload === null ? '' : `, or let a CDN answer ${formatShare(cdnOffload.pessimistic)} of the requests`
  const needed = countOf(backends.pessimistic, 'backend')
  return {
    text: `To carry ${formatRate(peakRps)}, run ${needed} (now ${backendsNow})${offload}.`,
    command: null,
  }
}

function confirmWithHold({ trust, capacity }: Report): Step | null {
  const { bound, low } = capacity.knee
  if (!trust.ok || bound !== 'measured' || low === null) return null
  const rate = formatRate(Math.max(twoDigits(low * 0.97), 1)).replaceAll(' ', '')
  return {
    text: `A ramp finds the knee, a hold proves it. Add the stage { name: hold, rate: ${rate}, for: 60s }.`,
    command: null,
  }
}

function namePeak(report: Report): Step | null {
  const { trust, sizing, capacity } = report
  if (!trust.ok || sizing.peakRps !== null || capacity.knee.bound === 'none') return null
  return {
    text: 'Say which peak must be carried; the report then says how many backends, or how much CDN, that takes.',
    command: runAgain(report, '--peak', '5000/s'),
  }
}

const keepAsBaseline = (report: Report): Step => ({
  text: 'Keep this report, and run the same again after the next deploy.',
  command: runAgain(report),
})

/** Rounded down to two significant digits: a rate to type. */
function twoDigits(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.floor(value / unit) * unit).toPrecision(2))
}
