import { expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { CauseName } from '../../../src/analysis/findings.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import type { SearchConclusion } from '../../../src/result/search-record.ts'
import { share } from '../../../src/units/quantity.ts'
import {
  brokenRoute,
  exponential,
  fixed,
  flaky,
  queue,
  restarting,
  tokenBucket,
  withGatewayTimeout,
} from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { concluded, pathAround, scriptedSearch } from '../../support/scripted-search.ts'
import { request } from '../../support/simulate-result.ts'

const d1 = queue(fixed(0.002))
const four = queue(exponential(100), 4)
const two = { requests: [request('ok', 95), request('plugin', 5)] }
const sporadic = flaky(four, 0.003, { every: 30, seconds: 0.3, share: 0.6 })

/** A search overloads every target on purpose, so waiting alone is no cause. */
type Given = Partial<SearchConclusion> & { readonly requests?: Plan['requests'] }

test.each<[string, CauseName, number, ServerModel, Given]>([
  ['a full queue', 'overload', 400, queue(exponential(400), 1, 100), {}],
  ['an endless queue', 'none', 500, d1, {}],
  ['slots without a queue', 'overload', 156.4, queue(exponential(50), 8, 8), { mode: 'bracket' }],
  ['a token bucket', 'rate-limiter', 300, tokenBucket(300, 150), { flags: ['burst-absorbing'] }],
  ['a gateway timeout', 'overload', 500, withGatewayTimeout(d1, 1), { flags: ['collapse'] }],
  ['a broken page', 'page-specific', 526, brokenRoute(d1, 1), { ...two, baselineShare: share(0.05) }],
  ['sporadic errors', 'none', 403, sporadic, { baselineShare: share(0.003) }],
  ['a restart on the way up', 'restart', 400, restarting(four, 14, 17), {}],
  ['a restart under overload', 'restart', 400, restarting(four, 41, 44), {}],
  ['a restart at the end of the overload', 'restart', 400, restarting(four, 48.5, 51.5), {}],
])('%s gives %s, 3 of 3 seeds', (_, name, knee, model, { requests, ...rest }) => {
  for (const seed of [1, 2, 3]) {
    const { causes } = analyse(
      scriptedSearch(pathAround(knee), concluded(knee, rest), model, { ...(requests && { requests }), seed }),
    )
    expect(causes[0]!.cause).toBe(name)
  }
})

test('a target that only lets requests wait is told so, with its knee and what would carry more', () => {
  const [cause] = analyse(scriptedSearch(pathAround(500), concluded(500), d1)).causes
  expect(cause!.claim).toBe('Nothing failed. Beyond 500/s requests only wait longer and longer.')
  expect(cause!.next).toContain('add backends')
})
