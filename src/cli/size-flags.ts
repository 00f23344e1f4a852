import { SIZING_DEFAULTS } from '../sizing/sizing-question.ts'
import type { SizingQuestion } from '../sizing/sizing-question.ts'
import { parseDuration, parseRate, parseShare } from '../units/parse.ts'
import type { Flag } from './command.ts'
import { wholeNumber } from './given-words.ts'
import type { GivenWords, Wanted } from './given-words.ts'

const PEAK_GROUP = 'The peak'
const ROOM = 'Room to spare'
const SYSTEM = 'What there is'
const COST = 'Costs'

/** What `plimsoll size` asks for, as words. */
export const SIZE_FLAGS: Readonly<Record<string, Flag>> = {
  peak: {
    kind: 'text',
    does: 'rate at the peak, e.g. 5000/s, or 4000..6500/s (95 % sure)',
    group: PEAK_GROUP,
  },
  'peak-from': {
    kind: 'texts',
    does: 'access log whose busiest minute is the peak; may be repeated, the minutes add up',
    group: PEAK_GROUP,
  },
  growth: {
    kind: 'text',
    does: 'what the peak grows by until then, e.g. 30% (default: 0%)',
    group: PEAK_GROUP,
  },
  'peak-lasts': { kind: 'text', does: 'how long the peak lasts (default: 1h)', group: PEAK_GROUP },
  headroom: { kind: 'text', does: 'share of the capacity to use at the peak (default: 70%)', group: ROOM },
  survive: { kind: 'text', does: 'backends that may fail at the peak (default: 1)', group: ROOM },
  zones: {
    kind: 'text',
    does: 'zones the backends are spread over; one may be lost (default: 1, none)',
    group: ROOM,
  },
  'scale-time': { kind: 'text', does: 'until an added backend carries load, e.g. 90s', group: ROOM },
  'load-growth': {
    kind: 'text',
    does: 'growth of the load at its steepest, e.g. 30%/min (with --scale-time)',
    group: ROOM,
  },
  backends: {
    kind: 'text',
    does: 'backends behind the target, of each report, e.g. 1,2,4 (default: as in the report)',
    group: SYSTEM,
  },
  'cache-hit': { kind: 'text', does: 'share that a cache answers at the peak (default: 0%)', group: SYSTEM },
  retries: {
    kind: 'text',
    does: 'how often a client tries again after an error (default: 0)',
    group: SYSTEM,
  },
  'retry-budget': {
    kind: 'text',
    does: 'retries as a share of the requests, at most, e.g. 20%',
    group: SYSTEM,
  },
  'queue-budget': {
    kind: 'text',
    does: 'how long a request may wait for its turn (default: 1s)',
    group: SYSTEM,
  },
  'cost-per-backend': { kind: 'text', does: 'for the length of the peak, in your own unit', group: COST },
  'egress-cost': { kind: 'text', does: 'per GB that leaves the origin, in the same unit', group: COST },
}

/** All but the peak, which may come from a log. */
export function readSizeFlags(words: GivenWords): Omit<SizingQuestion, 'peak'> {
  const usual = SIZING_DEFAULTS
  return {
    growth: words.parsed('growth', shareUpTo(100, '30%')) ?? usual.growth,
    headroom: words.parsed('headroom', HEADROOM) ?? usual.headroom,
    survive: words.parsed('survive', wholeNumber(0, 1000, '1')) ?? usual.survive,
    zones: words.parsed('zones', wholeNumber(1, 100, '3')) ?? usual.zones,
    hitRatio: words.parsed('cache-hit', HIT_RATIO) ?? usual.hitRatio,
    retryBudget: words.parsed('retry-budget', shareUpTo(10, '20%')) ?? usual.retryBudget,
    retries: words.parsed('retries', wholeNumber(0, 100, '3')) ?? usual.retries,
    ...readScaling(words),
    queueBudget: words.parsed('queue-budget', DURATION) ?? usual.queueBudget,
    costPerBackend: words.parsed('cost-per-backend', MONEY) ?? usual.costPerBackend,
    egressCost: words.parsed('egress-cost', MONEY) ?? usual.egressCost,
    peakLasts: words.parsed('peak-lasts', DURATION) ?? usual.peakLasts,
  }
}

/** Either of them alone says nothing. */
function readScaling(words: GivenWords): Pick<SizingQuestion, 'scaleTime' | 'loadGrowth'> {
  const scaleTime = words.parsed('scale-time', DURATION) ?? null
  const loadGrowth = words.parsed('load-growth', GROWTH) ?? null
  const isGiven = (flag: string): boolean => words.texts(flag).length > 0
  for (const [given, lacking, example] of [
    ['scale-time', 'load-growth', '30%/min'],
    ['load-growth', 'scale-time', '90s'],
  ] as const) {
    if (isGiven(given) && !isGiven(lacking))
      words.problems.push({
        code: 'size/half-of-autoscaling',
        message: `--${given} says nothing without --${lacking}: headroom is for what the load grows by until a backend is there`,
        fix: `add, for example, --${lacking} ${example}, or leave --${given} out`,
        at: { file: `--${given}` },
      })
  }
  return { scaleTime, loadGrowth }
}

/** One rate for both ends, or `4000..6500/s`. */
export const PEAK: Wanted<SizingQuestion['peak']> = {
  parse(text) {
    const [, first = '', second = ''] = /^(.+?)\s*\.\.\s*(.+)$/.exec(text.trim()) ?? []
    if (second === '') {
      const rate = parseRate(text)
      return rate !== undefined && rate > 0 ? { low: rate, high: rate } : undefined
    }
    const high = parseRate(second)
    // The unit stands once, at the end, or twice.
    const low = parseRate(first) ?? parseRate(`${first}/${second.split('/')[1]?.trim() ?? ''}`)
    return low !== undefined && high !== undefined && low > 0 && low <= high ? { low, high } : undefined
  },
  expected: 'a rate above 0 with its unit, or a lower and an upper one',
  example: '4000..6500/s',
}

const HEADROOM: Wanted<number> = {
  parse(text) {
    const part = parseShare(text)
    return part !== undefined && part >= 0.01 && part <= 1 ? part : undefined
  },
  expected: 'a share from 1% to 100%',
  example: '70%',
}

const HIT_RATIO: Wanted<number> = {
  parse(text) {
    const part = parseShare(text)
    return part !== undefined && part < 1 ? part : undefined
  },
  expected: 'a share from 0% to below 100%',
  example: '85%',
}

const shareUpTo = (most: number, example: string): Wanted<number> => ({
  parse(text) {
    const part = parseShare(text)
    return part !== undefined && part <= most ? part : undefined
  },
  expected: `a share from 0% to ${most * 100}%`,
  example,
})

/** In s. */
export const DURATION: Wanted<number> = {
  parse(text) {
    const time = parseDuration(text)
    return time !== undefined && time > 0 ? time / 1e9 : undefined
  },
  expected: 'a duration above 0 with its unit',
  example: '30s',
}

/** Share of the load by which it grows, per second. */
const GROWTH: Wanted<number> = {
  parse(text) {
    const [, part = '', unit = ''] = /^(.+%)\s*\/\s*(s|min|h)$/.exec(text.trim()) ?? []
    const share = parseShare(part)
    const per = { s: 1, min: 60, h: 3600 }[unit]
    return share === undefined || per === undefined ? undefined : share / per
  },
  expected: 'a share per time',
  example: '30%/min',
}

const MONEY: Wanted<number> = {
  parse(text) {
    return /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : undefined
  },
  expected: 'a number from 0 up, without a unit',
  example: '0.08',
}
