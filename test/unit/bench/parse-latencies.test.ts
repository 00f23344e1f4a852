import { expect, test } from 'vitest'
import { parseHeyLatencies, parseWrk2Latencies } from '../../../bench/lateness/parse-latencies.ts'

test('hey’s quantiles are seconds', () => {
  const text = `
  Requests/sec:	99.5000

Latency distribution:
  10% in 0.0005 secs
  50% in 0.0011 secs
  99% in 0.0169 secs
`
  expect(parseHeyLatencies(text)).toEqual({ requestsPerSecond: 99.5, reportedUs: [1100, 16_900] })
})

test('hey that sent too few for a p99 is an error, not 0', () => {
  const text = 'Requests/sec:	9.5\n\nLatency distribution:\n  50% in 0.0011 secs\n  0% in 0.0000 secs\n'
  expect(() => parseHeyLatencies(text)).toThrow(/hey printed nothing like/)
})

test('wrk2’s quantiles have units of their own', () => {
  const text = `  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%  950.00us
 75.000%    1.22ms
 99.000%    1.50s
 99.900%    2.00s
Requests/sec:   1999.12
`
  expect(parseWrk2Latencies(text)).toEqual({ requestsPerSecond: 1999.12, reportedUs: [950, 1_500_000] })
})
