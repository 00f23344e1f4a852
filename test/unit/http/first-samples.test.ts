import { expect, test } from 'vitest'
import { FirstSamples } from '../../../src/result/first-samples.ts'
import { sampleText } from '../../../src/http/sample-tap.ts'
import { failedCode } from '../../../src/result/outcome.ts'

test('the first of each outcome of each request is one, and no other', () => {
  const samples = new FirstSamples(2)
  const reset = failedCode('reset')
  const asked = [
    [0, 200],
    [0, 200],
    [1, 200],
    [0, reset],
    [0, 999],
    [1, 200],
    [0, reset],
    [1, reset],
  ] as const
  const wanted = asked.map(([request, code]) => {
    const isWanted = samples.isWanted(request, code)
    samples.taken(request, code)
    return isWanted
  })
  expect(wanted).toEqual([true, false, true, true, true, false, false, true])
})

test('a sample is byte for byte what came, up to 4 kB, also out of the middle of a buffer', () => {
  const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i % 256)
  const text = sampleText(bytes.subarray(255, 255 + 5000))
  expect(text).toHaveLength(4096)
  expect(text.slice(0, 3)).toBe('\xff\x00\x01')
})
