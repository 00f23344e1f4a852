/**
 * Which folder of `src/` may import which: the one drawing of the architecture that cannot go out of date.
 * It is exact: an import that is missing here fails the test, and so does a permission that nothing uses.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  units: [],
  plan: ['units'],
  result: ['units', 'plan'],
  scenario: ['units', 'plan'],
  pacing: ['units', 'plan'],
  http: ['plan', 'result'],
  recording: ['units', 'result'],
  generator: ['units', 'plan', 'result', 'pacing', 'http', 'recording'],
  statistics: ['units'],
  analysis: ['units', 'statistics', 'plan', 'result'],
  verdict: ['units', 'statistics', 'plan', 'result', 'analysis'],
  compare: ['units', 'statistics', 'plan', 'result', 'analysis'],
  search: ['units', 'statistics', 'plan', 'result'],
  trial: ['units', 'plan', 'result', 'http', 'recording', 'generator', 'search'],
  simulate: ['units', 'result'],
  sizing: ['units', 'statistics', 'plan', 'result', 'analysis', 'simulate'],
  report: ['units', 'plan', 'result', 'analysis', 'verdict', 'compare', 'sizing'],
  history: ['units', 'statistics', 'plan', 'result', 'analysis', 'verdict', 'report'],
  gate: ['units', 'plan', 'analysis', 'verdict', 'compare', 'report', 'history'],
  lab: ['units'],
  virtual: ['units', 'plan', 'result', 'pacing', 'recording', 'analysis', 'compare', 'lab'],
  cli: [
    'units',
    'plan',
    'result',
    'scenario',
    'search',
    'trial',
    'analysis',
    'verdict',
    'compare',
    'sizing',
    'report',
    'history',
    'gate',
    'lab',
    'virtual',
  ],
}

/** Folders that know no clock, chance, disk, network or process: they compile with no ambient types. */
export const PURE: readonly string[] = [
  'units',
  'plan',
  'result',
  'scenario',
  'pacing',
  'recording',
  'statistics',
  'analysis',
  'verdict',
  'compare',
  'search',
  'simulate',
  'sizing',
  'report',
  'history',
  'gate',
]

/** Files inside a pure folder that may have effects, each the only one of its folder. */
export const IMPURE_FILES: readonly string[] = ['scenario/load.ts']
