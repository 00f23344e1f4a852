import type { ReportView, Tone } from './view.ts'

/** What a CI system shows as one test: a promise, a rule of a gate, or a question about the run itself. */
export interface NamedRule {
  /** The list that it stands in, e.g. `promises`; within it, names tell rules apart. */
  readonly group: string
  readonly name: string
  /** Null where the run does not decide: neither held nor broken. */
  readonly held: boolean | null
  readonly measured: string
  readonly because: string
}

/**
 * The rules of a report. The two about the run come first and are always there: without them a run that proves nothing
 * and promises nothing would look passed.
 */
export function rulesOf({ verdict, trust, ending, promises }: ReportView): readonly NamedRule[] {
  const decides = verdict.tone !== 'unsure' && ending === null
  return [
    {
      group: 'run',
      name: 'the run can be believed',
      held: trust.ok ? true : null,
      measured: trust.text,
      because: trust.reasons.join(' '),
    },
    {
      group: 'run',
      name: 'the run decides',
      held: decides ? true : null,
      measured: verdict.sentence,
      because: ending ?? '',
    },
    ...promises.map(({ text, held, measured, because }) => ({
      group: 'promises',
      name: text,
      held: HELD[held.tone],
      measured,
      because,
    })),
  ]
}

const HELD: Readonly<Record<Tone, NamedRule['held']>> = { good: true, bad: false, unsure: null, plain: null }
