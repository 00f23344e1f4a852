/**
 * Why an attempt failed without an answer, each kept apart because each points somewhere else.
 * `abandoned`: the user ended the trial while the answer was still awaited; it says nothing about the target.
 */
export const FAILURE_CAUSES = [
  'refused',
  'reset',
  'closed-early',
  'unreachable',
  'dns',
  'tls',
  'connect-failed',
  'invalid-response',
  'abandoned',
] as const
export type FailureCause = (typeof FAILURE_CAUSES)[number]

/**
 * Why an intended request was never sent. `client-resources`: descriptors or ports of this machine ran out;
 * `generator-behind`: the generator could not get round to it in time.
 */
export const NEVER_SENT_REASONS = [
  'no-free-connection',
  'trial-ended',
  'client-resources',
  'generator-behind',
] as const
export type NeverSentReason = (typeof NEVER_SENT_REASONS)[number]

/** What became of one intended request. Every intended request ends as exactly one of these. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'failed'; readonly cause: FailureCause }
  | { readonly kind: 'never-sent'; readonly reason: NeverSentReason }

/**
 * An outcome as one small integer, for the hot path: an answer is its status (100 to 999), the others lie
 * below 100. Shapes: 1 timed out, 10 + i the i-th failure cause, 50 + i the i-th reason for never sending.
 */
export type OutcomeCode = number

export const TIMED_OUT: OutcomeCode = 1
const FAILED = 10
const NEVER_SENT = 50

export const failedCode = (cause: FailureCause): OutcomeCode => FAILED + FAILURE_CAUSES.indexOf(cause)
export const neverSentCode = (reason: NeverSentReason): OutcomeCode =>
  NEVER_SENT + NEVER_SENT_REASONS.indexOf(reason)

export const isNeverSent = (code: OutcomeCode): boolean => code >= NEVER_SENT && code < 100

export function outcomeOf(code: OutcomeCode): Outcome {
  if (code >= 100) return { kind: 'answered', status: code }
  if (code === TIMED_OUT) return { kind: 'timed-out' }
  const reason = NEVER_SENT_REASONS[code - NEVER_SENT]
  if (reason !== undefined) return { kind: 'never-sent', reason }
  const cause = FAILURE_CAUSES[code - FAILED]
  if (cause === undefined) throw new RangeError(`${code} is not an outcome code`)
  return { kind: 'failed', cause }
}
