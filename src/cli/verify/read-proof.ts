import type { Problem } from '../../units/problem.ts'
import type { Effects } from '../effects.ts'
import type { GivenWords } from '../given-words.ts'
import type { GatewayProgram } from './gateway-programs.ts'
import { readVerifyWish } from './verify-flags.ts'
import type { VerifyWish } from './verify-flags.ts'

/** A wish that can be carried out. */
export interface ProofOrder extends VerifyWish {
  /** Of the real gateway, where one is wanted. */
  readonly path?: string
}

/** Undefined where no proof is wanted; what is wrong or missing stands in `words.problems`. */
export async function readProof(
  words: GivenWords,
  { programs }: Pick<Effects, 'programs'>,
): Promise<ProofOrder | undefined> {
  const wish = readVerifyWish(words)
  if (wish?.gateway === undefined) return wish
  const path = await programs.find(wish.gateway.program)
  if (path !== undefined) return { ...wish, path }
  words.problems.push(notInstalled(wish.gateway))
  return undefined
}

const notInstalled = ({ title, program, debianPackage }: GatewayProgram): Problem => ({
  code: 'size/no-gateway',
  message: `${title} is not on this machine: there is no ${program} in PATH, nor in /usr/sbin`,
  fix: `install it (Debian and Ubuntu: apt-get install ${debianPackage}), or leave out --with`,
  at: { file: '--with' },
})
