import type { SizingAnswer } from '../../sizing/sizing-answer.ts'
import type { Holding, SettingRole, Verification, VerifiedPeak } from '../../sizing/verify/verification.ts'
import { formatDuration, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Fact, TableView, Tone } from '../view.ts'
import { sentence } from '../view/sentence.ts'
import type { VerificationView } from './size-view.ts'
import { left, right, tableOf } from './table-of.ts'
import type { Cell } from './table-of.ts'

const TONES: Readonly<Record<Verification['verdict'], Tone>> = {
  agrees: 'good',
  disagrees: 'bad',
  'cannot-tell': 'unsure',
}

/** The peak that was sent, and whether it went as sizing says; null where none was. */
export function viewVerification({
  verification,
}: Pick<SizingAnswer, 'verification'>): VerificationView | null {
  if (verification === undefined) return null
  const { verdict, because, built, peaks, gateway } = verification
  return {
    sentence: sentence(verdict === 'cannot-tell' ? `the proof decides nothing: ${because}` : because),
    tone: TONES[verdict],
    peaks: peakTable(peaks, gateway),
    built: built.map(sentence),
  }
}

/** Where a proof is possible and nobody asked for it. */
export const proofHint = ({
  verification,
  sized,
}: Pick<SizingAnswer, 'verification' | 'sized'>): readonly Fact[] =>
  verification !== undefined || sized === null || sized.limits === null
    ? []
    : [
        {
          label: 'proof',
          value: '--verify builds backends such as these on this machine, and sends the peak to them.',
        },
      ]

const WORDS: Readonly<Record<Holding, string>> = { yes: 'yes', no: 'no', 'cannot-tell': '?' }
const ROLES: Readonly<Record<SettingRole, string>> = {
  recommended: ' *',
  'one-fewer': '',
  'too-few': '',
}

const count = (value: number): string => formatNumber(value, 12)

const CELLS: readonly Cell<VerifiedPeak>[] = [
  {
    column: right('backends', 0),
    text: ({ bought, backends, role }) =>
      `${count(bought)}${bought === backends ? '' : `, ${count(backends)} left`}${ROLES[role]}`,
  },
  { column: right('carry', 2), text: ({ capacity }) => formatRate(capacity) },
  {
    column: right('offered', 0),
    text: ({ measured }) => (measured === null ? '–' : formatRate(measured.offered / measured.seconds)),
  },
  {
    column: right('good', 0),
    text: ({ measured }) => (measured === null ? '–' : formatRate(measured.good / measured.seconds)),
  },
  { column: right('502', 1), text: one => shareOf(one, '502') },
  { column: right('503', 0), text: one => shareOf(one, '503') },
  { column: right('504', 1), text: one => shareOf(one, '504') },
  { column: right('p50', 1), text: ({ measured }) => wordTime(measured?.p50) },
  { column: right('p99', 0), text: ({ measured }) => wordTime(measured?.p99) },
  {
    column: right('in flight at the end', 2),
    text: ({ measured }) => (measured === null ? '–' : count(measured.inFlight)),
  },
  {
    column: left('holds', 0),
    text: ({ holds }) => WORDS[holds],
    tone: ({ holds, expected }) =>
      holds === 'cannot-tell' ? 'unsure' : holds === expected || expected === 'cannot-tell' ? 'good' : 'bad',
  },
  { column: left('expected', 0), text: ({ expected }) => WORDS[expected] },
]

const shareOf = ({ measured }: VerifiedPeak, status: '502' | '503' | '504'): string =>
  measured === null || measured.offered === 0
    ? '–'
    : formatShare(measured.statuses[status] / measured.offered)

const wordTime = (time: number | null | undefined): string =>
  time === null || time === undefined ? '–' : formatDuration(seconds(time))

function peakTable(peaks: readonly VerifiedPeak[], gateway: string | null): TableView {
  const held = peaks.find(({ measured }) => measured !== null)?.measured?.seconds
  const howLong = held === undefined ? '' : ` for ${formatDuration(seconds(held))}`
  const legend = `* recommended. Backends of the lab, ${gateway === null ? 'in turn' : `behind a real ${gateway}`}, the peak held${howLong}: good answers that came in that time, and how long they took. Expected: by what they carry.`
  return tableOf(CELLS, peaks, legend, ({ role }) => role === 'recommended')
}
