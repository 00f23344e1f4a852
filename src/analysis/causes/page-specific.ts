import { formatShare } from '../../units/format.ts'
import type { Rule } from './rule.ts'

const OF_ERRORS = 0.9
const OF_TRAFFIC = 0.2
const WORTH_NAMING = 0.01

export const pageSpecific: Rule = {
  cause: 'page-specific',
  asks: 'Do the errors belong to few requests of the scenario, at any load?',
  judge({ routes, onset, measured, reading }) {
    const offered = routes.reduce((sum, route) => sum + route.offered, 0)
    // Of low load: at high load the rest may fail for reasons of its own.
    const steady = routes.filter(route => route.onset !== null && !route.onset.loadRelated)
    const guilty = steady.filter(
      route => route.onset!.share > WORTH_NAMING && route.offered <= OF_TRAFFIC * offered,
    )
    if (guilty.length === 0 || guilty.length === routes.length) return undefined
    const early = new Map<boolean, number>([
      [true, 0],
      [false, 0],
    ])
    const knee = 'rps' in reading.knee ? reading.knee.rps : Infinity
    for (const { series, rate } of measured) {
      if (rate > knee) continue
      for (const { request, good, count } of series) {
        const isGuilty = guilty.includes(routes[request]!)
        if (!good) early.set(isGuilty, early.get(isGuilty)! + count)
      }
    }
    const [own, others] = [early.get(true)!, early.get(false)!]
    if (own < OF_ERRORS * (own + others)) return undefined
    const names = guilty.map(({ name, method, path }) => `${name} (${method} ${path})`).join(', ')
    return {
      certainty: onset.any?.loadRelated === true ? 0.85 : 0.9,
      claim: `The errors come from ${names} alone, at any load.`,
      evidence: guilty.map(
        ({ name, onset: own, errors, offered: count }) =>
          `${name}: ${errors} of ${count} failed (${formatShare(own!.share)}); ${own!.because}`,
      ),
      next: `request ${guilty[0]!.path} by hand and read the backend's log; the load has nothing to do with it`,
    }
  },
}
