import { assert, asyncProperty, double } from 'fast-check'
import { expect, test } from 'vitest'
import { findPunctualShare } from '../../../bench/throughput/find-punctual-share.ts'

const SEARCH = { from: 0.4, to: 0.95, steps: 5, confirmations: 2 }
const STEP = (0.95 - 0.4) / 32

test('finds any limit to within one step, from below', async () => {
  await assert(
    asyncProperty(double({ min: 0.41, max: 0.94, noNaN: true }), async limit => {
      const found = await findPunctualShare(share => Promise.resolve(share <= limit), SEARCH)
      expect(found).toBeLessThanOrEqual(limit)
      expect(found).toBeGreaterThan(limit - STEP - 1e-9)
    }),
  )
})

test('what held by luck has to hold twice more', async () => {
  // Of what is above 0.6 only the first probe holds, at (0.4 + 0.95) / 2 = 0.675.
  let probes = 0
  const found = await findPunctualShare(share => {
    probes += 1
    return Promise.resolve(probes === 1 || share <= 0.6)
  }, SEARCH)
  expect(found).toBeLessThanOrEqual(0.6)
  expect(found).toBeGreaterThan(0.6 - STEP - 1e-9)
})

test('is 0 when nothing holds, after a bounded number of probes', async () => {
  let probes = 0
  const found = await findPunctualShare(() => {
    probes += 1
    return Promise.resolve(false)
  }, SEARCH)
  expect(found).toBe(0)
  expect(probes).toBeLessThanOrEqual(5 + 32)
})
