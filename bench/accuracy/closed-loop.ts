import autocannon from 'autocannon'

export interface ClosedLoopQuestion {
  readonly url: string
  readonly seconds: number
}

export interface ClosedLoopAnswer {
  /** In whole milliseconds, as autocannon counts. */
  readonly p99Ms: number
  readonly longestMs: number
  readonly requests: number
}

/** One connection that asks again when it has its answer: a slow answer is one slow answer, and nobody else waits. */
export async function runClosedLoop({ url, seconds }: ClosedLoopQuestion): Promise<ClosedLoopAnswer> {
  const { latency, requests } = await autocannon({ url, connections: 1, duration: seconds })
  return { p99Ms: latency.p99, longestMs: latency.max, requests: requests.total }
}
