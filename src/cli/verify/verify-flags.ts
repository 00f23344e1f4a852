import type { Flag } from '../command.ts'
import type { GivenWords, Wanted } from '../given-words.ts'
import { parseDuration } from '../../units/parse.ts'
import { GATEWAY_PROGRAMS } from './gateway-programs.ts'
import type { GatewayProgram } from './gateway-programs.ts'

const PROOF = 'A proof by load, on this machine'
const NAMES = Object.keys(GATEWAY_PROGRAMS)

export const VERIFY_FLAGS: Readonly<Record<'verify' | 'with' | 'verify-for', Flag>> = {
  verify: {
    kind: 'switch',
    does: 'build backends such as were measured, and send the peak to as many as recommended, and to fewer',
    group: PROOF,
  },
  with: {
    kind: 'text',
    does: `through a real ${NAMES.join(', ')} with the configuration for it (with --verify)`,
    group: PROOF,
  },
  'verify-for': {
    kind: 'text',
    does: 'how long the peak is held each time, 5s to 5m (default: 20s)',
    group: PROOF,
  },
}

/** How a recommendation is to be proved. */
export interface VerifyWish {
  readonly holdSeconds: number
  /** Absent: the lab's own. */
  readonly gateway?: GatewayProgram
}

const USUAL_SECONDS = 20
const [LEAST_SECONDS, MOST_SECONDS] = [5, 300]

/** Undefined where no proof is wanted. */
export function readVerifyWish(words: GivenWords): VerifyWish | undefined {
  const gateway = words.parsed('with', GATEWAY)
  const holdSeconds = words.parsed('verify-for', HOLD) ?? USUAL_SECONDS
  if (words.isOn('verify')) return { holdSeconds, ...(gateway && { gateway }) }
  for (const flag of ['with', 'verify-for'])
    if (words.texts(flag).length > 0)
      words.problems.push({
        code: 'size/only-with-verify',
        message: `--${flag} is for a proof by load, and none is wanted`,
        fix: `add --verify, or leave out --${flag}`,
        at: { file: `--${flag}` },
      })
  return undefined
}

const GATEWAY: Wanted<GatewayProgram> = {
  parse: text => new Map(Object.entries(GATEWAY_PROGRAMS)).get(text.toLowerCase()),
  expected: `one of ${NAMES.join(', ')}`,
  example: 'haproxy',
}

/** In s. */
const HOLD: Wanted<number> = {
  parse(text) {
    const time = (parseDuration(text) ?? 0) / 1e9
    return time >= LEAST_SECONDS && time <= MOST_SECONDS ? time : undefined
  },
  expected: `a duration from ${LEAST_SECONDS}s to ${MOST_SECONDS / 60}m`,
  example: '20s',
}
