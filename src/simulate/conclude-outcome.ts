import { addCounts, quantileUs } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { createCellReader } from './cell-reader.ts'
import type { CellReader } from './cell-reader.ts'
import { estimateRatio, estimateWhole } from './estimate.ts'
import { ENDINGS } from './outcome.ts'
import type { Ending, Estimate, Outcome, ResponseTimes } from './outcome.ts'
import type { Setting } from './setting.ts'
import type { Tally } from './tally.ts'

export function concludeOutcome(tallies: readonly Tally[], { backends, cache }: Setting): Outcome {
  const cells = createCellReader(tallies, backends.count)
  const { column, ended } = cells
  const requests = ended(...ENDINGS)
  const seconds = column(tally => tally.seconds)
  const given = column(tally => tally.given)
  const begun = column(tally => tally.begun)
  const power = Math.min(backends.slots ?? Infinity, backends.power)
  return {
    requests: sum(requests),
    counts: byEnding(ending => sum(ended(ending))),
    shares: byEnding(ending => estimateRatio(ended(ending), requests)),
    refused: estimateRatio(ended('429', '503'), requests),
    timedOut: estimateRatio(ended('504', 'gave-up'), requests),
    goodput: estimateRatio(ended('200'), seconds),
    attempts: estimateRatio(
      column(tally => tally.attempts),
      requests,
    ),
    backendRate: estimateRatio(
      column(tally => tally.givenNow),
      seconds,
    ),
    ...bothResponseTimes(cells, cache !== null),
    gatewayWait: estimateRatio(
      column(tally => tally.gatewayWait),
      given,
    ),
    backendWait: estimateRatio(
      column(tally => tally.backendWait),
      begun,
    ),
    waited: estimateRatio(
      column(tally => tally.waited),
      begun,
    ),
    utilisation: Array.from({ length: backends.count }, (_, backend) =>
      estimateRatio(
        cells.used(backend).map(used => used / power),
        seconds,
      ),
    ),
    queueLength: estimateRatio(
      column(tally => tally.queueArea),
      seconds,
    ),
    longestQueue: Math.max(...tallies.map(tally => tally.longestQueue)),
  }
}

const byEnding = <Figure>(figure: (ending: Ending) => Figure): Readonly<Record<Ending, Figure>> =>
  Object.fromEntries(ENDINGS.map(ending => [ending, figure(ending)])) as Record<Ending, Figure>

function bothResponseTimes(
  { column, ended, histograms }: CellReader,
  hasCache: boolean,
): Pick<Outcome, 'responseTimes' | 'backendResponseTimes'> {
  const answers = histograms(tally => tally.answers)
  const hits = hasCache ? histograms(tally => tally.hits) : []
  const all = hasCache ? answers.map((counts, i) => addCounts([counts, hits[i]!])) : answers
  const mean = estimateRatio(
    column(tally => tally.responseTime),
    ended('200'),
  )
  const backendMean = estimateRatio(
    column(tally => tally.backendResponseTime),
    column(tally => tally.backendAnswers),
  )
  return {
    responseTimes: responseTimes(all, mean),
    backendResponseTimes: responseTimes(answers, backendMean),
  }
}

/** Null where a cell has no answer at all: of its percentiles nothing is known, so neither of how they vary. */
function responseTimes(cells: readonly Counts[], mean: Estimate): ResponseTimes | null {
  if (cells.some(({ indices }) => indices.length === 0)) return null
  const pooled = addCounts(cells)
  const percentile = (q: number): Estimate =>
    estimateWhole(
      quantileUs(pooled, q)! / 1e6,
      cells.map(counts => quantileUs(counts, q)! / 1e6),
    )
  return { mean, p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
