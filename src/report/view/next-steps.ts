import { formatLeastShare, formatRate } from '../../units/format.ts'
import type { Target } from '../../plan/plan.ts'
import type { Report } from '../report.ts'
import type { Step } from '../view.ts'
import { highestRate } from './highest-rate.ts'
import { runAgain } from './run-again.ts'
import { closedSentence, countOf, sentence } from './sentence.ts'
import { shellWord } from './shell-word.ts'
import { isCdnAChoice } from './sizing-view.ts'
import { twoDigits } from './two-digits.ts'

const MOST = 4

/** What to do next, most urgent first; every report has at least one step. */
export function viewNextSteps(report: Report): readonly Step[] {
  const relief = relieveGenerator(report)
  const steps = [
    askByHand(report),
    relief,
    finish(report),
    // That the generator was the limit is said by then.
    relief !== null && report.causes[0]?.cause === 'client-refused' ? null : followCause(report),
    openRamp(report),
    rampHigher(report),
    startLower(report),
    searchOn(report),
    carryThePeak(report),
    confirmWithHold(report),
    namePeak(report),
  ].filter(step => step !== null)
  return steps.length === 0 ? [keepAsBaseline(report)] : steps.slice(0, MOST)
}

function askByHand({ run, result }: Report): Step | null {
  if (run.ended.how !== 'stopped' || isCutOff(run)) return null
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
  const lacking = report.causes.find(({ cause }) => cause === 'client-refused')
  if (lacksResources(report) && lacking !== undefined)
    return {
      text: `Give the load generator's machine what it ran out of: ${closedSentence(lacking.next)}`,
      command: runAgain(report),
    }
  const more = Math.min(run.machine.cpus, generator.workers * 2)
  if (more > generator.workers) {
    return {
      text: 'Give the load generator more workers.',
      command: runAgain(report, '--workers', String(more)),
    }
  }
  return {
    text: 'Give the load generator a machine of its own, or a faster one: every core of this one was in use. This shows what a machine can make:',
    command: runAgain(report, '--calibrate'),
  }
}

const lacksResources = ({ stages }: Report): boolean =>
  stages.some(({ neverSentReasons }) => (neverSentReasons['client-resources'] ?? 0) > 0)

/** Of a journal: nobody stopped the run, and its target did nothing wrong. */
const isCutOff = ({ ended }: Report['run']): boolean => ended.how === 'stopped' && ended.failure === 'cut-off'

function finish(report: Report): Step | null {
  if (report.run.ended.how !== 'interrupted' && !isCutOff(report.run)) return null
  if (report.result.plan.search !== undefined)
    return {
      text: 'Let the search go on from where it ended: plimsoll run --resume, and the path of this report.',
      command: null,
    }
  return { text: 'Let the run come to its end.', command: runAgain(report) }
}

function followCause({ causes }: Report): Step | null {
  const [first] = causes
  if (first === undefined || first.cause === 'none' || first.next === '') return null
  return { text: sentence(first.next), command: null }
}

/** What a closed model cannot show, an open one can: from a tenth of the throughput that was seen to half as much again. */
function openRamp(report: Report): Step | null {
  const highest = report.saturation?.highest
  if (!highest || !report.trust.ok) return null
  const rate = (share: number): string =>
    formatRate(twoDigits(Math.max(1, highest.throughputRps * share))).replaceAll(' ', '')
  const stages =
    `[{ name: warm-up, rate: ${rate(0.1)}, for: 10s, warmup: true }, ` +
    `{ name: ramp, from: ${rate(0.1)}, to: ${rate(1.5)}, for: 60s }]`
  return {
    text: `Find the knee with an open ramp. In place of model, connections and for, write stages: ${stages}.`,
    command: runAgain(report),
  }
}

function rampHigher(report: Report): Step | null {
  const { trust, capacity, run } = report
  const highest = highestRate(report)
  if (!trust.ok || highest === null || capacity.knee.bound !== 'at-least') return null
  // What did not come to its end was on its way up.
  if (capacity.limitedBy === 'generator' || run.ended.how !== 'completed') return null
  const to = formatRate(twoDigits(highest * 2)).replaceAll(' ', '')
  if (report.search !== null) {
    // What stopped it short of its cap was something else.
    if (!report.search.flags.includes('reached-the-cap')) return null
    return {
      text: `Go higher: nothing gave way up to ${formatRate(highest)}.`,
      command: runAgain(report, '--to', to),
    }
  }
  return {
    text: `Go higher: nothing gave way up to ${formatRate(highest)}. Raise ${highestStage(report)} to ${to}.`,
    command: runAgain(report),
  }
}

function highestStage({ result }: Report): string {
  const [highest] = result.plan.stages
    .filter(({ warmup }) => !warmup)
    .toSorted((a, b) => Math.max(b.from, b.to) - Math.max(a.from, a.to))
  return highest === undefined ? 'the highest stage' : `the stage "${highest.name}"`
}

function startLower(report: Report): Step | null {
  const { trust, capacity } = report
  const from = capacity.knee.rps ?? capacity.knee.high
  if (!trust.ok || from === null || capacity.knee.bound !== 'at-most') return null
  const to = formatRate(twoDigits(from / 5)).replaceAll(' ', '')
  if (report.search !== null)
    return {
      text: 'Start lower: the first rate was too much already.',
      command: runAgain(report, '--from', to),
    }
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
    cdnOffload === null || !isCdnAChoice(sizing)
      ? ''
      : `, or let a CDN answer ${formatLeastShare(cdnOffload.pessimistic)} of the requests`
  const needed = countOf(backends.pessimistic, 'backend')
  return {
    text: `To carry ${formatRate(peakRps)}, run ${needed} (now ${backendsNow})${offload}.`,
    command: null,
  }
}

/** A longer budget for a search that ran out of its own, a soak for a knee that a longer hold may lower. */
function searchOn(report: Report): Step | null {
  const { search, result, recovery } = report
  const goal = result.plan.search
  if (search === null || goal === undefined || !report.trust.ok) return null
  if (search.flags.includes('budget-spent'))
    return {
      text: `Let the search decide more. It goes on from here with plimsoll run --resume, the path of this report, and --budget ${Math.ceil((goal.budget * 2) / 1e9)}s.`,
      command: null,
    }
  const mayFall =
    search.flags.includes('collapse') || search.flags.includes('retrograde') || recovery?.metastable
  if (!mayFall || goal.soak !== undefined) return null
  return {
    text: 'See whether the knee lasts: a target that collapses may do so later on a longer hold.',
    command: runAgain(report, '--soak', '10min'),
  }
}

function confirmWithHold({ trust, capacity, search }: Report): Step | null {
  const { bound, low } = capacity.knee
  if (search !== null || !trust.ok || bound !== 'measured' || low === null) return null
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
