import type { Comparison, MetricComparison } from '../../compare/comparison.ts'
import { formatShare } from '../../units/format.ts'
import type { Step } from '../view.ts'
import { countOf } from '../view/sentence.ts'
import { shellWord } from '../view/shell-word.ts'
import { signed } from './metric-table.ts'

/** Five pairs are what the margins were chosen for: pairs scatter by about 3 %. */
const USUAL_PAIRS = 5
/** Runs take minutes: nobody makes more pairs than this for one answer. */
const MOST_PAIRS = 30

/** What to do about the verdict. Where nothing got worse there is nothing to do. */
export function comparisonSteps(comparison: Comparison): readonly Step[] {
  switch (comparison.verdict) {
    case 'regressed':
      return findTheCause(comparison)
    case 'inconclusive':
      return [decideIt(comparison)]
    case 'improved':
    case 'equivalent':
      return []
    default:
      return comparison.verdict satisfies never
  }
}

function findTheCause({ metrics, candidate }: Comparison): readonly Step[] {
  const worst = worstRoute(metrics)
  const run = candidate.runs.find(({ trusted }) => trusted)
  return [
    ...(worst === undefined
      ? []
      : [
          {
            text: `Of the requests, ${worst.route} got worse most: ${worst.label.replace(`${worst.route}: `, '')} ${signed(worst, worst.change)}.`,
            command: null,
          },
        ]),
    ...(run === undefined
      ? []
      : [
          {
            text: 'See what limits a run of the candidate.',
            command: ['plimsoll', 'report', shellWord(run.label)],
          },
        ]),
  ]
}

/** Only where there are several: the one with the largest change for the worse, in the scale of its logarithm. */
function worstRoute(metrics: readonly MetricComparison[]): MetricComparison | undefined {
  const own = metrics.filter(({ group }) => group === 'route')
  if (new Set(own.map(({ route }) => route)).size < 2) return undefined
  return own
    .filter(({ verdict, scale }) => verdict === 'regressed' && scale === 'log')
    .toSorted((a, b) => (b.change ?? 0) - (a.change ?? 0))[0]
}

function decideIt({ base, candidate, metrics }: Comparison): Step {
  const primary = metrics.find(metric => metric.primary)
  const needed = primary?.pairsNeeded ?? null
  const runs = Math.min(base.runs.length, candidate.runs.length)
  if (primary === undefined || needed === null)
    return {
      text:
        runs < USUAL_PAIRS
          ? `Run each side ${USUAL_PAIRS} times, base and candidate in turn: base, candidate, candidate, base, … Where both can stand side by side, plimsoll compare --run does that.`
          : 'See which runs were left out and why, and repeat those.',
      command: null,
    }
  const more =
    primary.pairChanges === null
      ? `${countOf(needed, 'more run')} on each side`
      : countOf(needed, 'more pair')
  if (needed > MOST_PAIRS)
    return {
      text: `It would take about ${more}: the runs lie too far apart. Make them steadier (longer stages, a machine of its own), or allow a larger margin than ${formatShare(primary.margin.size)} (--margin ${primary.margin.name}=…).`,
      command: null,
    }
  return {
    text: `Make about ${more}, base and candidate in turn, and compare them together with these. That decides it if the change stays as it is.`,
    command: null,
  }
}
