import type { AnswerReading } from '../answer-reading.ts'
import type { CacheProblem } from '../cdn-answer.ts'
import type { CdnRoute } from '../cdn-question.ts'

/** One answer to a GET or HEAD, as the rules look at it. */
export interface Examined {
  readonly reading: AnswerReading
  readonly route: CdnRoute
  /** Whether the path names a file that is the same for everybody, such as a style sheet. */
  readonly isFile: boolean
  /** Whether it is meant to be kept: a file, or an answer that says how long it is good. */
  readonly isMeant: boolean
  /** Neither no-store nor private. */
  readonly isStorable: boolean
}

/** Looks for one thing that keeps a cache from answering. */
export interface ProblemRule {
  readonly id: CacheProblem['id']
  readonly find: (examined: Examined) => Pick<CacheProblem, 'claim' | 'evidence' | 'next'> | undefined
}

/** The lines of a header as they came. */
export function linesOf({ reading }: Examined, name: string): string {
  const values = reading.head.fields.get(name.toLowerCase()) ?? []
  return values.map(value => `${name}: ${value}`).join(' | ')
}
