/** Every key that a scenario file may have. `scenarios/scenario.schema.json` has exactly these; a test says so. */
export const SCENARIO_KEYS: readonly string[] = [
  'name',
  'target',
  'arrivals',
  'seed',
  'deadline',
  'max-connections',
  'expect',
  'headers',
  'http',
  'streams',
  'connection-strategy',
  'tls',
  'model',
  'connections',
  'for',
  'stages',
  'search',
  'requests',
  'promises',
]

export const TLS_KEYS: readonly string[] = ['ca', 'insecure', 'cert', 'key', 'server-name', 'resume']

export const STRATEGY_KEYS: readonly string[] = ['per-user', 'max-requests']

export const STAGE_KEYS: readonly string[] = ['name', 'rate', 'from', 'to', 'for', 'steps', 'each', 'warmup']

export const SEARCH_KEYS: readonly string[] = ['from', 'to', 'precision', 'budget', 'gentle', 'soak']

/** Keys that name the method and hold the path, e.g. `get: /`. */
export const METHOD_KEYS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

export const REQUEST_KEYS: readonly string[] = [
  'name',
  'weight',
  ...METHOD_KEYS,
  'method',
  'path',
  'headers',
  'body',
  'json',
  'expect',
  'deadline',
]
