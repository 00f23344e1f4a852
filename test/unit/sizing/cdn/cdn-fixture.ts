import type { CdnQuestion, CdnRoute } from '../../../../src/sizing/cdn/cdn-question.ts'
import { CACHE_DEFAULTS, ONE_OBJECT } from '../../../../src/sizing/cdn/cdn-question.ts'

/** Head of a good answer with these lines. */
export const head = (...lines: readonly string[]): string => ['HTTP/1.1 200 OK', ...lines].join('\r\n')

export const route = (given: Partial<CdnRoute> = {}): CdnRoute => ({
  name: 'home',
  method: 'GET',
  path: '/',
  share: 1,
  bytesPerAnswer: 10_000,
  head: null,
  ttl: null,
  objects: ONE_OBJECT,
  ...given,
})

/** 1000/s at the peak before an origin that may be given 200/s. */
export const question = (given: Partial<CdnQuestion> = {}): CdnQuestion => ({
  peak: 1000,
  capacity: 200,
  fetchTime: 0.05,
  routes: [route()],
  cache: CACHE_DEFAULTS,
  ...given,
})

/** 10 000 objects by Zipf's law with 0.9, each kept for a minute. */
export const catalogue = (given: Partial<CdnRoute> = {}): CdnRoute =>
  route({ name: 'product', path: '/product/1', ttl: 60, objects: { count: 10_000, zipf: 0.9 }, ...given })
