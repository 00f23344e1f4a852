import { formatDuration, formatNumber, formatShare } from '../units/format.ts'
import { parseDuration, parseRate, parseShare } from '../units/parse.ts'
import type { Nanoseconds, RatePerSecond, Share } from '../units/quantity.ts'
import { isNumber } from './field.ts'
import type { Field, Report } from './field.ts'
import { describeTree } from './tree.ts'
import type { Tree } from './tree.ts'

/** Far beyond what one generator sends; what is longer is a slip, and may overflow a double. */
const FASTEST = 1e9
const LONGEST_QUANTITY = 40

/** `200/s`, `12000/min`; zero is a rate. */
export function readRate({ key, path, tree }: Field, report: Report): RatePerSecond | undefined {
  const rate = parseQuantity(tree, parseRate)
  if (rate !== undefined && rate <= FASTEST) return rate
  if (isNumber(tree)) {
    const message = `${path} is ${tree.source}; a rate says how many per what`
    const fix = `write ${key}: ${tree.value >= 0 ? tree.source : 200}/s`
    return report({ code: 'scenario/rate-without-unit', message, fix }, tree.at)
  }
  const message = `${path} is ${describeTree(tree)}; a rate is a number, zero or more, per s, min or h`
  const fix = `write ${key}: ${leadingNumber(tree) ?? 200}/s`
  return report({ code: 'scenario/not-a-rate', message, fix }, tree.at)
}

/** `500ms`, `30s`, `5m`; more than zero, at least `shortest` and at most `longest`. */
export function readDuration(
  { key, path, tree }: Field,
  longest: number,
  report: Report,
  shortest = 0,
): Nanoseconds | undefined {
  const time = parseQuantity(tree, parseDuration)
  if (time !== undefined && time > 0 && time >= shortest && time <= longest) return time
  if (isNumber(tree)) {
    const message = `${path} is ${tree.source}; a duration has a unit: ms, s, m or h`
    const fix = `write ${key}: ${tree.value > 0 ? tree.source : 30}s`
    return report({ code: 'scenario/duration-without-unit', message, fix }, tree.at)
  }
  if (time !== undefined) {
    const bound = longest < 3600e9 ? formatDuration(longest) : `${longest / 3600e9} h`
    const least = shortest === 0 ? 'more than 0 s' : `at least ${formatDuration(shortest)}`
    const message = `${path} is ${describeTree(tree)}; it must be ${least} and at most ${bound}`
    const fix =
      time > longest
        ? `write ${key}: ${longest / 1e9}s or less`
        : `write ${key}: ${Math.max(1, shortest / 1e9)}s or more`
    return report({ code: 'scenario/duration-out-of-range', message, fix }, tree.at)
  }
  const message = `${path} is ${describeTree(tree)}; a duration is a number followed by ms, s, m or h`
  const fix = `write ${key}: ${leadingNumber(tree) ?? 30}s`
  return report({ code: 'scenario/not-a-duration', message, fix }, tree.at)
}

/** `3%`, from `least` to `most`, both included. */
export function readShare(
  { key, path, tree }: Field,
  least: number,
  most: number,
  report: Report,
): Share | undefined {
  const part = parseQuantity(tree, parseShare)
  if (part !== undefined && part >= least && part <= most) return part
  const range = `from ${formatShare(least)} to ${formatShare(most)}`
  const message = `${path} is ${describeTree(tree)}; it must be a share with its sign, ${range}`
  const given = Number(leadingNumber(tree))
  const meant = part === undefined && given >= 100 * least && given <= 100 * most ? given : undefined
  const fix = `write ${key}: ${meant ?? Math.round(100 * Math.sqrt(least * most))}%`
  return report({ code: 'scenario/not-a-share', message, fix }, tree.at)
}

function parseQuantity<Q>(tree: Tree, parse: (text: string) => Q | undefined): Q | undefined {
  const text = tree.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : ''
  return text.length <= LONGEST_QUANTITY ? parse(text) : undefined
}

const leadingNumber = (tree: Tree): string | undefined =>
  tree.kind === 'scalar' ? /^\d{1,9}(?:\.\d{1,9})?/.exec(tree.source)?.[0] : undefined

/** A whole number between two bounds, both included. */
export function readWhole(
  { key, path, tree }: Field,
  least: number,
  most: number,
  report: Report,
): number | undefined {
  const value = isNumber(tree) ? tree.value : undefined
  if (value !== undefined && Number.isInteger(value) && value >= least && value <= most) return value
  const message = `${path} is ${describeTree(tree)}; it must be a whole number from ${least} to ${formatNumber(most, 16)}`
  const nearest = Math.min(most, Math.max(least, Math.round(value ?? least)))
  const fix = `write, for example, ${key}: ${Number.isFinite(nearest) ? nearest : least}`
  return report({ code: 'scenario/not-a-whole-number', message, fix }, tree.at)
}

/** A number above zero. */
export function readPositive({ key, path, tree }: Field, report: Report): number | undefined {
  if (isNumber(tree) && tree.value > 0 && tree.value <= 1e9) return tree.value
  const message = `${path} is ${describeTree(tree)}; it must be a number above 0, without a unit`
  const fix = `write, for example, ${key}: 1 (or remove the entry)`
  return report({ code: 'scenario/not-a-positive-number', message, fix }, tree.at)
}
