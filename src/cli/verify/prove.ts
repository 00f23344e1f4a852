import type { SizingAnswer } from '../../sizing/sizing-answer.ts'
import type { Verification } from '../../sizing/verify/verification.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { ProofOrder } from './read-proof.ts'
import { verifyRecommendation } from './verify-recommendation.ts'

/** An answer, with what load has shown of it where that is wanted, and what it ends with. */
export interface Proved {
  readonly answer: SizingAnswer
  readonly exit: ExitCode
}

export async function prove(
  answer: SizingAnswer,
  order: ProofOrder | undefined,
  effects: Effects,
): Promise<Proved> {
  const exit = EXITS[answer.verdict]
  if (order === undefined) return { answer, exit }
  const { verification, exit: brokenOff } = await verifyRecommendation(answer, order, effects)
  // What does not hold is not proved either.
  const proved = answer.verdict === 'holds' ? PROOF_EXITS[verification.verdict] : exit
  return { answer: { ...answer, verification }, exit: brokenOff ?? proved }
}

const EXITS: Readonly<Record<SizingAnswer['verdict'], ExitCode>> = {
  holds: EXIT.passed,
  fails: EXIT.failed,
  'cannot-tell': EXIT.inconclusive,
}

const PROOF_EXITS: Readonly<Record<Verification['verdict'], ExitCode>> = {
  agrees: EXIT.passed,
  disagrees: EXIT.failed,
  'cannot-tell': EXIT.inconclusive,
}
