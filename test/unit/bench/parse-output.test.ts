import { describe, expect, test } from 'vitest'
import {
  parseAb,
  parseAutocannon,
  parseH2load,
  parseHey,
  parseWrk,
} from '../../../bench/throughput/parse-output.ts'

describe('wrk', () => {
  const wrk = (troubles: string): string => `Running 1s test @ http://127.0.0.1:8080/
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     4.52ms    8.76ms  76.69ms   90.67%
    Req/Sec     1.38k     0.99k    3.45k    80.00%
  1393 requests in 1.02s, 180.24KB read
${troubles}Requests/sec:   1367.57
Transfer/sec:    176.95KB
`

  test('tells its rate; without troubles it prints none', () => {
    expect(parseWrk(wrk(''))).toEqual({ requestsPerSecond: 1367.57, errors: 0 })
  })

  test('counts socket errors of every kind and bad statuses', () => {
    const troubles =
      '  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 50000\n'
    expect(parseWrk(wrk(troubles)).errors).toBe(54_321)
  })

  test('without a rate it is an error, not zero requests', () => {
    expect(() => parseWrk('unable to connect to 127.0.0.1:1 Connection refused')).toThrow(
      /wrk printed no rate/,
    )
  })
})

describe('hey', () => {
  const hey = (rest: string): string => `
Summary:
  Total:	0.0626 secs
  Requests/sec:	958.2531

Status code distribution:
${rest}`

  test('tells its rate', () => {
    expect(parseHey(hey('  [200]	28 responses\n'))).toEqual({ requestsPerSecond: 958.2531, errors: 0 })
  })

  test('counts statuses from 400 on and connections that broke', () => {
    const rest = `  [200]	28 responses
  [404]	1 responses
  [503]	20 responses

Error distribution:
  [300]	Get "http://127.0.0.1:8080/": EOF
`
    expect(parseHey(hey(rest)).errors).toBe(321)
  })
})

test('ab tells its rate, and a request that failed by its status once', () => {
  const text = `Complete requests:      20
Failed requests:        7
   (Connect: 0, Receive: 0, Length: 7, Exceptions: 0)
Non-2xx responses:      7
Requests per second:    2260.40 [#/sec] (mean)
`
  expect(parseAb(text)).toEqual({ requestsPerSecond: 2260.4, errors: 7 })
})

test('h2load tells its rate and everything that failed', () => {
  const text = `finished in 1.44ms, 2775.85 req/s, 359.18KB/s
requests: 30 total, 6 started, 4 done, 2 succeeded, 28 failed, 26 errored, 0 timeout
status codes: 2 2xx, 0 3xx, 0 4xx, 2 5xx
req/s           :    1305.24     2351.37     1828.30      739.73   100.00%
`
  expect(parseH2load(text)).toEqual({ requestsPerSecond: 2775.85, errors: 28 })
})

test('autocannon’s median second is its rate', () => {
  const text = JSON.stringify({ requests: { average: 10, p50: 12 }, errors: 3, non2xx: 4 })
  expect(parseAutocannon(text)).toEqual({ requestsPerSecond: 12, errors: 7 })
})
