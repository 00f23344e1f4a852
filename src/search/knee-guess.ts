import { perSecond } from '../units/quantity.ts'
import type { RatePerSecond } from '../units/quantity.ts'
import { holdBounds } from './hold-bounds.ts'
import { EPSILON } from './epsilon.ts'
import { calmShare } from './calm.ts'
import { MANY_PLACES } from './room.ts'
import type { Plateau, SearchState } from './search-state.ts'

type Known = Pick<SearchState, 'levels' | 'plateaus' | 'mode' | 'guess'>

/** The offered rate whose good part is what the plateau let through. */
export function offeredAt(known: Pick<SearchState, 'levels' | 'plateaus'>, plateau: Plateau): number {
  const good = plateau.trend === 'rising' ? plateau.late : plateau.good
  return (good * bufferFactor(plateau.room)) / (1 - calmShare(known))
}

/**
 * ρ at which a buffer of K loses ε: the root of (1 − ρ)ρᴷ/(1 − ρᴷ⁺¹) = ε (M/M/1/K). From K = 1/ε − 1 on it is 1 at most, and
 * a knee above the service rate would be one only by the errors that are tolerated. With few places no formula for the buffer alone
 * fits; a hold finds that out.
 */
function bufferFactor(room: number | null): number {
  if (room === null || room < MANY_PLACES || room >= 1 / EPSILON - 1) return 1
  let [low, high] = [0.5, 1]
  for (let i = 0; i < 40; i += 1) {
    const rho = (low + high) / 2
    const loss = ((1 - rho) * rho ** room) / (1 - rho ** (room + 1))
    if (loss < EPSILON) low = rho
    else high = rho
  }
  return low
}

/** The knee as far as it is known: between the holds, at the last plateau, or null. */
export function kneeGuess(known: Known): RatePerSecond | null {
  const guess = known.mode === 'bracket' ? betweenHolds(known) : null
  if (guess !== null) return perSecond(guess)
  const plateau = known.plateaus.at(-1)
  return plateau === undefined ? null : perSecond(offeredAt(known, plateau))
}

function betweenHolds({ levels, guess }: Known): number | null {
  const { lower, upper } = holdBounds(levels)
  if (lower === null) return upper?.rate ?? guess
  return upper === null ? lower.rate : Math.sqrt(lower.rate * upper.rate)
}
