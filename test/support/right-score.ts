import type { Score } from '../../bench/search/score.ts'

/** A search that is right in everything that is scored; it took 1.2 times the planned load. */
export const RIGHT: Score = {
  family: 'MM1K',
  kind: 'plateau',
  seed: 1,
  trueRps: 400,
  rps: 404,
  low: 392,
  high: 416,
  error: 0.01,
  covered: true,
  loadSeconds: 120,
  plannedSeconds: 100,
  cause: 'overload',
  labelRight: true,
  falseOnset: false,
  onsetError: -0.02,
  particular: null,
  mode: 'plateau',
  flags: [],
  trusted: true,
}
