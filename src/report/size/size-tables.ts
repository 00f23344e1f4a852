import type { LaunchOdds, Reading, Sized, SizingRow } from '../../sizing/sizing-answer.ts'
import type { SizingQuestion } from '../../sizing/sizing-question.ts'
import { wordProbability } from '../../sizing/word-answer.ts'
import {
  formatDuration,
  formatLeastShare,
  formatNumber,
  formatRate,
  formatShare,
} from '../../units/format.ts'
import { milliseconds, seconds } from '../../units/quantity.ts'
import type { Fact, TableView, Tone } from '../view.ts'
import { closedSentence } from '../view/sentence.ts'
import type { OptionJson } from './option-json.ts'
import { OPTION_NAMES } from './option-names.ts'
import { left, right, tableOf } from './table-of.ts'
import type { Cell } from './table-of.ts'

const count = (value: number): string => formatNumber(value, 12)

const HOLDS: Readonly<Record<'true' | 'false' | 'null', readonly [string, Tone]>> = {
  true: ['yes', 'good'],
  false: ['no', 'bad'],
  null: ['?', 'unsure'],
}

/** What options rest on, as far as their table says it. */
export interface OptionsBasis {
  /** False where the capacity is only known to be at least a rate. */
  readonly exact: boolean
  readonly headroom: number
  /** Backends, or a zone, may be lost at the peak. */
  readonly survivesLoss: boolean
}

/** What could be done, and what the peak then looks like. */
export function optionTable(
  options: readonly OptionJson[],
  { exact, headroom, survivesLoss }: OptionsBasis,
): TableView {
  const most = exact ? '' : '≤ '
  const hasCost = options.some(({ cost }) => cost !== null)
  const cells: readonly Cell<OptionJson>[] = [
    {
      column: left('option', 0),
      text: ({ name, recommended }) => `${OPTION_NAMES[name]}${recommended ? ' *' : ''}`,
    },
    { column: right('backends', 0), text: ({ backends }) => count(backends) },
    { column: right('cache', 0), text: ({ hitRatio }) => formatLeastShare(hitRatio) },
    {
      column: right('utilisation', 0),
      text: ({ utilisation }) => `${most}${formatShare(utilisation)}`,
    },
    { column: right('refused', 0), text: ({ refused }) => (refused === null ? '?' : formatShare(refused)) },
    { column: right('mean wait', 1), text: option => wordWait(option, most) },
    {
      column: left('holds', 0),
      text: ({ holds }) => HOLDS[`${holds}`][0],
      tone: ({ holds }) => HOLDS[`${holds}`][1],
    },
    ...(hasCost
      ? [
          {
            column: right('cost', 1),
            text: ({ cost }: OptionJson) => (cost === null ? '–' : formatNumber(cost, 4)),
          },
        ]
      : []),
    {
      column: right('probability', 2),
      text: ({ odds }) => (odds === null ? '–' : wordProbability(odds.holds)),
    },
    ...(survivesLoss
      ? [
          {
            column: right('after a loss', 3),
            text: ({ utilisationAfterLoss: busy }: OptionJson) =>
              busy === null ? '–' : `${most}${formatShare(busy)}`,
          },
        ]
      : []),
    { column: right('load', 4), text: ({ originLoadRps }) => formatRate(originLoadRps) },
  ]
  return tableOf(cells, options, legendOf(headroom, survivesLoss), ({ recommended }) => recommended)
}

function wordWait({ meanWaitMs, utilisation }: OptionJson, most: string): string {
  if (meanWaitMs !== null) return `${most}${formatDuration(milliseconds(meanWaitMs))}`
  return utilisation >= 1 && most === '' ? 'grows' : '?'
}

const legendOf = (headroom: number, survivesLoss: boolean): string =>
  `* recommended. By the lower end of the capacity and the upper end of the peak; holds: within the headroom of ${formatShare(headroom)}${survivesLoss ? ', also after the loss that is to be survived' : ''}.`

/** Why what would help if it could does not. */
export const againstOptions = (options: readonly OptionJson[]): readonly Fact[] =>
  options
    .filter(({ name, holds }) => holds === false && (name === 'cdn' || name === 'both'))
    .map(({ name, because }) => ({ label: OPTION_NAMES[name], value: closedSentence(because) }))

const READINGS: Readonly<Record<Reading, string>> = {
  pessimistic: 'pessimistic',
  medians: 'medians',
  optimistic: 'optimistic',
}

/** The same by the three readings of capacity and peak. */
export function rowTable({ rows }: Sized, { peakLasts }: SizingQuestion): TableView {
  const odds =
    (of: (odds: LaunchOdds) => string) =>
    ({ odds: own }: SizingRow): string =>
      own === null ? '–' : of(own)
  const cells: readonly Cell<SizingRow>[] = [
    {
      column: left('reading', 0),
      text: ({ reading, recommended }) => `${READINGS[reading]}${recommended ? ' *' : ''}`,
    },
    { column: right('one carries', 1), text: row => formatRate(row.capacityPerBackend) },
    { column: right('load', 1), text: row => formatRate(row.originLoad) },
    {
      column: right('backends', 0),
      text: ({ backends }) => (backends === null ? 'none do' : count(backends)),
    },
    { column: right('holds', 0), text: odds(({ holds }) => wordProbability(holds)) },
    { column: right('after a loss', 0), text: odds(own => wordProbability(own.holdsAfterLoss)) },
    { column: right('in headroom', 2), text: odds(own => wordProbability(own.keepsHeadroom)) },
    { column: right('fail', 0), text: odds(({ expectedFailed }) => formatNumber(expectedFailed)) },
  ]
  const legend = `Probabilities by ${formatNumber(rows.find(row => row.odds !== null)?.odds?.draws ?? 0, 12)} draws over both intervals; fail: requests in the mean, in ${formatDuration(seconds(peakLasts))} of peak.`
  return rows.some(row => row.odds !== null)
    ? tableOf(cells, rows, legend, ({ recommended }) => recommended)
    : { columns: [], rows: [], legend: null }
}
